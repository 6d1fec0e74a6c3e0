package io.barnabas.log.inspect;

import java.nio.file.Path;
import java.util.Locale;

/**
 * Something that a check came upon.
 *
 * @param position where in the file, in bytes; -1 when it is about the file as a whole
 */
public record Finding(Severity severity, Path file, long position, String what) {
    static final long WHOLE_FILE = -1;

    public enum Severity {
        /** Something is lost or wrong. */
        PROBLEM,
        /** As it should be, or set right by the next start of a broker; worth a line. */
        NOTE,
        /** Was wrong. */
        REPAIRED
    }

    @Override
    public String toString() {
        String where = position == WHOLE_FILE ? "" : " at position " + position;
        return severity.name().toLowerCase(Locale.ROOT) + ": " + file + where + ": " + what;
    }

    /** As a line for programs. */
    public Entry entry() {
        return Entry.of(severity.name().toLowerCase(Locale.ROOT))
                .with("file", file)
                .with("position", position == WHOLE_FILE ? null : position)
                .with("what", what);
    }
}
