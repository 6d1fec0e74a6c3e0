package io.barnabas.config;

/**
 * One value that cannot be used. {@link #text()} is what clients get; {@link #forPeople()} also says what would be right.
 *
 * @param key null when the problem is not about one key alone; then the reason says it all
 * @param expected what would be right, or null when the reason says that already
 */
public record ConfigProblem(String key, String value, String reason, String expected) {

    static ConfigProblem of(String reason) {
        return new ConfigProblem(null, null, reason, null);
    }

    static ConfigProblem of(String key, String value, String reason) {
        return new ConfigProblem(key, value, reason, null);
    }

    public String text() {
        return key == null ? reason : "Invalid value " + value + " for configuration " + key + ": " + reason;
    }

    public String forPeople() {
        if (key == null) return reason;
        return key + "=" + value + ": " + reason + (expected == null ? "" : ". Right would be: " + expected);
    }
}
