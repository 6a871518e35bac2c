"""Reading scanned pages by optical character recognition (OCR).

raster      the image of a page, at the resolution of the scan
prepare     upright, straight, evenly lit, without borders; ruling lines taken out and kept
segment     where its lines of print are: strips
strips      the words of the strips
again       what was read badly, read again, also by the second reader
tesseract   the first reader, in process or as a program
place       what the reader gave as words on the page
once        pages read once: what was read is kept
scans       all of this for the pages of a document that need it
pasted      the same for pictures on pages of text
"""
