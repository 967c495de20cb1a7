"""How much one person may ask of a small office server; the first page says these numbers."""

from datetime import timedelta

MB = 1024 * 1024

FILES = 400
FILE_BYTES = 50 * MB
UPLOAD_BYTES = 200 * MB

REGISTRATIONS = 20_000
REMARKS = 5_000  # places that could not be read, of one job
RESULT_BYTES = 200 * MB  # of one job, as JSON lines
KEPT = timedelta(minutes=60)
KEPT_JOBS = 20
KEPT_BYTES = 400 * MB  # results and waiting uploads of all jobs together

CHILDREN = 2  # reading and screening at once; others wait and are told so
CHILD_MEMORY = 2048 * MB
READING_SECONDS = 30  # CPU for one file
STOPPED_FILES = 5  # files that may end a worker before the whole job is given up
CHILD_SECONDS = 1200  # CPU for the whole job
WRITERS = 2  # reports being written at once
WRITER_SECONDS = 300
WRITER_WAIT_SECONDS = 20

# What the first page says about them.
IN_WORDS = {
    "files": FILES,
    "file_mb": FILE_BYTES // MB,
    "upload_mb": UPLOAD_BYTES // MB,
    "kept_minutes": int(KEPT.total_seconds() // 60),
}
