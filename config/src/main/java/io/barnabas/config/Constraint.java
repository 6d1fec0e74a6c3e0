package io.barnabas.config;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a value of the right type must still fulfil. Stateless; the reasons are worded as clients and tools expect them. */
interface Constraint<T> {

    /** Null when the value is fine. */
    String reasonAgainst(T value);

    /** What would be right, as the generated page and start-up messages say it. */
    @Override
    String toString();

    /** A number from {@code min} to {@code max}, both inclusive; null leaves that side open. */
    record Bounds<T extends Number>(T min, T max) implements Constraint<T> {
        @Override
        public String reasonAgainst(T value) {
            if (min != null && value.doubleValue() < min.doubleValue()) return "Value must be at least " + plain(min);
            if (max != null && value.doubleValue() > max.doubleValue())
                return "Value must be no more than " + plain(max);
            return null;
        }

        /** A whole number without a fraction. */
        private static String plain(Number number) {
            boolean whole = number.doubleValue() == number.longValue();
            return whole ? Long.toString(number.longValue()) : number.toString();
        }

        @Override
        public String toString() {
            return max == null ? plain(min) + " or more" : plain(min) + " to " + plain(max);
        }
    }

    /** A number from {@code min} to {@code max}, or -1 for "as usual". */
    record BoundsOrMinusOne(int min, int max) implements Constraint<Integer> {
        @Override
        public String reasonAgainst(Integer value) {
            boolean fine = value == -1 || value >= min && value <= max;
            if (fine) return null;
            return max == Integer.MAX_VALUE
                    ? "Value must be at least " + min + " or equal to -1"
                    : "Value must be between " + min + " and " + max + " or equal to -1";
        }

        @Override
        public String toString() {
            return (max == Integer.MAX_VALUE ? min + " or more" : min + " to " + max) + ", or -1";
        }
    }

    record OneOf(List<String> allowed) implements Constraint<String> {
        @Override
        public String reasonAgainst(String value) {
            return allowed.contains(value) ? null : "String must be one of: " + String.join(", ", allowed);
        }

        @Override
        public String toString() {
            return "one of " + String.join(", ", allowed);
        }
    }

    record OneOfIgnoringCase(List<String> allowed) implements Constraint<String> {
        @Override
        public String reasonAgainst(String value) {
            return allowed.contains(value.toUpperCase(Locale.ROOT))
                    ? null
                    : "String must be one of (case insensitive): " + String.join(", ", allowed);
        }

        @Override
        public String toString() {
            return "one of " + String.join(", ", allowed);
        }
    }

    record EachOneOf(List<String> allowed) implements Constraint<List<String>> {
        @Override
        public String reasonAgainst(List<String> value) {
            return allowed.containsAll(value) ? null : "String must be one of: " + String.join(", ", allowed);
        }

        /** The element that is wrong, which is what the refusal names. */
        String culprit(List<String> value) {
            return value.stream()
                    .filter(item -> !allowed.contains(item))
                    .findFirst()
                    .orElse("");
        }

        @Override
        public String toString() {
            return "any of " + String.join(", ", allowed);
        }
    }

    record NonEmptyText() implements Constraint<String> {
        @Override
        public String reasonAgainst(String value) {
            return value.isEmpty() ? "String must be non-empty" : null;
        }

        @Override
        public String toString() {
            return "not empty";
        }
    }

    record NonEmptyList() implements Constraint<List<String>> {
        @Override
        public String reasonAgainst(List<String> value) {
            return value.isEmpty() ? "List must not be empty" : null;
        }

        @Override
        public String toString() {
            return "not empty";
        }
    }

    /** Name of a release, as 2.1, 0.10.0.1 or 3.9-IV0. */
    record Release() implements Constraint<String> {
        @Override
        public String reasonAgainst(String value) {
            return KafkaReleases.isKnown(value) ? null : "Version " + value + " is not a valid version";
        }

        @Override
        public String toString() {
            return "a release from " + KafkaReleases.OLDEST + " to " + KafkaReleases.NEWEST;
        }
    }

    /** {@code partition:broker} pairs, or {@code *} alone. */
    record ThrottledReplicas(String key) implements Constraint<List<String>> {
        private static final Pattern PAIR = Pattern.compile("[0-9]+:[0-9]+");

        @Override
        public String reasonAgainst(List<String> value) {
            boolean all = value.size() == 1 && value.get(0).equals("*");
            boolean pairs = value.stream().allMatch(item -> PAIR.matcher(item).matches());
            if (all || pairs) return null;
            return key + " must be the literal '*' or a list of replicas in the following format: "
                    + "[partitionId]:[brokerId],[partitionId]:[brokerId],...";
        }

        @Override
        public String toString() {
            return "* or partition:broker,...";
        }
    }
}
