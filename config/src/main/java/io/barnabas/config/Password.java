package io.barnabas.config;

/** A secret; it never shows in a log line, an answer or a generated page. */
public record Password(String value) {
    @Override
    public String toString() {
        return "[hidden]";
    }
}
