"""The tables of the store. `migrations/` creates them; a test holds the two against each other.

Numbers that must stay exact (values of figures) are kept as text: "13.0" comes back as 13.0, and no database rounds it.
A document's rows hang on its number `documents.id`, which depends on the order of imports and never leaves the store:
what leaves it are hashes of content and file names.
"""

from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, MetaData, Table, Text

metadata = MetaData()

# The migration that these tables match: opening a store compares it with the store's own before it loads Alembic.
SCHEMA_VERSION = "0007"


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _of_document() -> Column[int]:
    return Column("document_id", Integer, ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)


def _position() -> Column[int]:
    """Place in the order in which the document was read."""
    return Column("position", Integer, primary_key=True)


def _box() -> tuple[Column[float], ...]:
    return tuple(Column(name, Float, nullable=False) for name in ("x0", "top", "x1", "bottom"))


# One row per file on disk. `stamp` (size and times) tells whether the file has changed without reading it.
files = Table(
    "files",
    metadata,
    Column("path", Text, primary_key=True),
    _text("name"),
    _text("folder"),
    _text("stamp"),
)

# One row per distinct content. `key` is its hash; a file that could not even be read has a key made from its path and no sha256.
# status: pending (registered, not read yet), imported, quarantined. `read_as` is the fingerprint of the settings that it was read
# with, `checked` the version of the checks that its findings come from: either differs, and the work is done again.
documents = Table(
    "documents",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("sha256", Text),
    _text("name"),
    Column("size", BigInteger, nullable=False),
    _text("media"),
    Column("status", Text, nullable=False),
    _text("reason"),
    _text("message"),
    _text("advice"),
    _text("extractor"),
    _text("read_as"),
    _text("checked"),
    _text("rendition"),
    _text("title"),
    _text("source_url"),
    Column("authority", Text),
    Column("authority_code", Text),
    _text("authority_reason"),
    Column("period", Text),
    Column("period_start", Text),
    Column("period_end", Text),
    _text("period_reason"),
    _text("type"),
    _text("type_reason"),
    _text("service"),
)

# Where a document was found: a file, or a member of a ZIP ("/a/b.zip/c.txt"). Two sources of one document are duplicates.
sources = Table(
    "sources",
    metadata,
    Column("key", Text, primary_key=True),
    Column("path", Text, nullable=False, index=True),
    _text("name"),
    _text("folder"),
    Column("document_id", Integer, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
)

pages = Table(
    "pages",
    metadata,
    _of_document(),
    Column("number", Integer, primary_key=True),
    Column("width", Float, nullable=False),
    Column("height", Float, nullable=False),
    _text("source"),
    _text("source_reason"),
    Column("words", Integer, nullable=False),
    sqlite_with_rowid=False,
)

problems = Table(
    "problems",
    metadata,
    _of_document(),
    _position(),
    _text("code"),
    _text("message"),
    Column("page", Integer),
    sqlite_with_rowid=False,
)

figures = Table(
    "figures",
    metadata,
    _of_document(),
    _position(),
    _text("figure_id"),
    _text("measure"),
    _text("statistic"),
    _text("dims"),  # a JSON object
    Column("value", Text),
    _text("unit"),
    Column("decimals", Integer, nullable=False),
    Column("period", Text),
    Column("period_start", Text),
    Column("period_end", Text),
    _text("role"),
    _text("qualifier"),
    _text("grade"),
    _text("grade_as_read"),  # before the checks: what they start from, so that checking again gives the same
    _text("grade_alone"),  # after the checks of its document, before those across documents
    _text("grade_checked"),  # after all checks, before the decisions: what undoing one gives back
    Column("confidence", Float, nullable=False),
    Column("confidence_as_read", Float, nullable=False, server_default="0"),  # before the checks, as `grade_as_read`
    Column("proposed", Text),
    Column("page", Integer, nullable=False),
    *_box(),
    _text("printed"),
    _text("snippet"),
    _text("method"),
    _text("rule"),
    _text("readings"),  # of a scan: a JSON list of what each reader made of the print; "" for a text layer
    _text("agreement"),
    Index("figures_by_id", "figure_id"),
    Index("figures_by_observation", "measure", "period"),
    Index("figures_by_grade", "grade"),
    Index("figures_by_page", "document_id", "page"),
    sqlite_with_rowid=False,
)

relations = Table(
    "relations",
    metadata,
    _of_document(),
    _position(),
    _text("relation_id"),
    _text("kind"),
    Column("complete", Boolean, nullable=False),
    _text("evidence"),
    Index("relations_by_id", "relation_id"),
    sqlite_with_rowid=False,
)

# The figures of a relation: `relation` is the position of the relation in its document.
relation_members = Table(
    "relation_members",
    metadata,
    _of_document(),
    Column("relation", Integer, primary_key=True),
    _position(),
    _text("role"),
    _text("figure_id"),
    Index("relation_members_by_figure", "figure_id"),
    sqlite_with_rowid=False,
)

# Every number of every page, and what became of it.
marks = Table(
    "marks",
    metadata,
    _of_document(),
    _position(),
    _text("kind"),
    _text("printed"),
    Column("page", Integer, nullable=False),
    *_box(),
    _text("snippet"),
    _text("reason"),
    _text("figure_ids"),  # a JSON list
    Index("marks_by_page", "document_id", "page"),
    sqlite_with_rowid=False,
)

# What the document says in words: sentences and headings on a topic of notes.yaml.
notes = Table(
    "notes",
    metadata,
    _of_document(),
    _position(),
    _text("topic"),
    _text("text"),
    Column("heading", Boolean, nullable=False),
    _text("numbers"),  # a JSON list of the numbers in it, as text
    Column("page", Integer, nullable=False),
    *_box(),
    sqlite_with_rowid=False,
)

# `scope` is "" for a finding within one document, and the scope of `reconciled` for one across documents.
findings = Table(
    "findings",
    metadata,
    Column("id", Integer, primary_key=True),
    _text("scope"),
    _text("finding_id"),
    _text("kind"),
    _text("severity"),
    _text("values"),  # a JSON list: {"number": "13.0"} for a number, a string for words
    _text("expected"),
    _text("message"),
    _text("figure_ids"),  # a JSON list
    _text("hypotheses"),  # a JSON list
    _text("status"),
    Index("findings_by_id", "finding_id"),
    Index("findings_by_scope", "scope"),
    Index("findings_by_severity", "severity", "kind"),
)

finding_documents = Table(
    "finding_documents",
    metadata,
    Column("finding", Integer, ForeignKey("findings.id", ondelete="CASCADE"), primary_key=True),
    _position(),
    Column("document_id", Integer, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
)

# What figures that do not fit, or cannot be read, most likely stand for. The printed value stays in `figures`.
repairs = Table(
    "repairs",
    metadata,
    _of_document(),
    _position(),
    _text("figure_id"),
    _text("printed"),
    _text("proposed"),
    Column("cost", Integer, nullable=False),
    _text("slips"),  # a JSON list
    Column("proved", Boolean, nullable=False),
    _text("relation_ids"),  # a JSON list
    _text("hypotheses"),  # a JSON list
    sqlite_with_rowid=False,
)

# Which documents the reconciliation across documents was last done with: one row per authority (`scope`), with a fingerprint of
# its documents. It differs, and the authority is reconciled anew.
reconciled = Table(
    "reconciled",
    metadata,
    Column("scope", Text, primary_key=True),
    _text("fingerprint"),
)

# One row per observation: what is counted, of whom, in which period. `dims` is as the exports show it.
observations = Table(
    "observations",
    metadata,
    Column("id", Integer, primary_key=True),
    _text("scope"),
    _text("observation_id"),
    _text("series_id"),
    _text("measure"),
    _text("statistic"),
    _text("dims"),  # a JSON object
    _text("unit"),
    _text("service"),
    _text("period"),
    Column("period_start", Text),
    Column("period_end", Text),
    _text("status"),
    _text("perhaps"),  # a JSON list
    Index("observations_by_scope", "scope"),
    Index("observations_by_id", "observation_id"),
    Index("observations_by_series", "series_id"),
    Index("observations_by_measure", "scope", "measure", "series_id"),
)

# All that was ever said of an observation: `figure` is the position of the figure in its document.
statements = Table(
    "statements",
    metadata,
    Column("observation", Integer, ForeignKey("observations.id", ondelete="CASCADE"), primary_key=True),
    _position(),
    Column("document_id", Integer, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("figure", Integer, nullable=False),
    _text("vintage"),
    _text("agreement"),
    sqlite_with_rowid=False,
)

# Figures that a person should look at: `position` is that of the figure, `priority` how suspicious it is times how much depends on it.
# `kind` and `severity` are those of the worst finding that it is in, or "".
suspects = Table(
    "suspects",
    metadata,
    _of_document(),
    _position(),
    _text("figure_id"),
    Column("priority", Float, nullable=False),
    _text("scope"),
    _text("period"),
    _text("measure"),
    _text("grade"),
    _text("kind"),
    _text("severity"),
    Index("suspects_by_priority", "priority", "figure_id"),
    Index("suspects_by_figure", "figure_id"),
    sqlite_with_rowid=False,
)

# How many there are of what in a document, so that nobody has to count them to show them: "grade:proved", "mark:unplaced",
# "page:text", "finding:high", and "alone": figures that no relation touches.
tallies = Table(
    "tallies",
    metadata,
    Column("document_id", Integer, ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("what", Text, primary_key=True),
    Column("number", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# What people decided: rows are only ever added, in one chain (`previous` is the hash of the row before). The database refuses
# to change or remove them, and `crossfoot audit verify` proves it.
decisions = Table(
    "decisions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    _text("at"),
    _text("who"),
    _text("action"),
    _text("subject_kind"),
    _text("subject_id"),
    _text("saw"),
    _text("before"),  # a JSON object
    _text("after"),  # a JSON object
    _text("why"),
    Column("of", Integer),
    Column("needs_approval", Boolean, nullable=False),
    _text("evidence"),
    Column("previous", Text, nullable=False, unique=True),
    Column("hash", Text, nullable=False, unique=True),
    Index("decisions_by_subject", "subject_kind", "subject_id"),
)

# What the decisions come to, one row per subject: made from them, and made again whenever in doubt.
standings = Table(
    "standings",
    metadata,
    Column("subject_kind", Text, primary_key=True),
    Column("subject_id", Text, primary_key=True),
    _text("status"),
    Column("in_force", Integer, ForeignKey("decisions.number")),
    Column("pending", Integer, ForeignKey("decisions.number")),
    _text("stale"),
    Column("comments", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("suspected", Boolean, nullable=False),
    Index("standings_by_status", "subject_kind", "status"),
)

# People who may use the review. `name` is in small letters; `password` an Argon2 hash, or "" for who logs in elsewhere, as `identity`.
accounts = Table(
    "accounts",
    metadata,
    Column("name", Text, primary_key=True),
    _text("role"),
    _text("password"),
    Column("identity", Text, unique=True),
    Column("disabled", Boolean, nullable=False),
    _text("made"),
)

# Who is logged in: `key` is the hash of what the cookie holds, times are seconds since 1970. Without an account, it is a log-in under way
# at another place, which keeps what it must remember in `content`.
sessions = Table(
    "sessions",
    metadata,
    Column("key", Text, primary_key=True),
    Column("account", Text, ForeignKey("accounts.name", ondelete="CASCADE")),
    _text("token"),  # what every form must carry
    _text("content"),  # a JSON object
    _text("browser"),
    Column("began", Float, nullable=False),
    Column("seen", Float, nullable=False),
    Index("sessions_by_account", "account"),
)

# Log-ins that failed lately, by what they are counted by: "account ann", "address 192.0.2.7".
failed_logins = Table(
    "failed_logins",
    metadata,
    Column("id", Integer, primary_key=True),
    _text("key"),
    Column("at", Float, nullable=False),
    Index("failed_logins_by_key", "key", "at"),
)

# What one document gave: replaced as a whole when it is read again.
READ_FROM_DOCUMENT = (pages, problems, figures, relations, relation_members, marks, notes, repairs, suspects, tallies)
