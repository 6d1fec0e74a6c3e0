package io.barnabas.config;

/** What became of a text: a value, or the reason why it is none. The value may be null only together with a reason. */
public record ParsedValue<T>(T value, String reason) {

    static <T> ParsedValue<T> of(T value) {
        return new ParsedValue<>(value, null);
    }

    static <T> ParsedValue<T> refused(String reason) {
        return new ParsedValue<>(null, reason);
    }

    public boolean isRefused() {
        return reason != null;
    }
}
