package io.barnabas.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What producers did and what readers saw, and whether the two agree: all of a transaction or nothing of it, each
 * number of an input once, offsets together with records.
 */
final class Ledger {
    private final List<Attempt> attempts = new ArrayList<>();
    private final Map<Integer, Map<Long, Integer>> seen = new TreeMap<>();

    /** One transaction as its producer knows it. */
    static final class Attempt {
        final int number;
        final int input;
        final long first;
        final long end;
        private boolean commitRequested;
        private boolean commitConfirmed;
        private int recordsSeen;

        private Attempt(int number, int input, long first, long end) {
            this.number = number;
            this.input = input;
            this.first = first;
            this.end = end;
        }

        /** From here on it may become visible. */
        void requestCommit() {
            commitRequested = true;
        }

        /** From here on it must. */
        void confirmCommit() {
            commitConfirmed = true;
        }

        String value(long inputOffset) {
            return number + ":" + input + ":" + inputOffset;
        }

        @Override
        public String toString() {
            return "transaction " + number + " (input " + input + ", numbers " + first + " to " + (end - 1) + ")";
        }
    }

    /** A producer is about to process the numbers from {@code first} on. */
    Attempt begin(int input, long first, int count) {
        Attempt attempt = new Attempt(attempts.size(), input, first, first + count);
        attempts.add(attempt);
        return attempt;
    }

    int transactions() {
        return attempts.size();
    }

    long confirmed() {
        return attempts.stream().filter(attempt -> attempt.commitConfirmed).count();
    }

    /** A reader of committed records got this value. */
    void saw(String value) {
        String[] parts = value.split(":");
        Attempt attempt = attempts.get(Integer.parseInt(parts[0]));
        long number = Long.parseLong(parts[2]);
        check(attempt.commitRequested, "a record of %s is visible, whose commit nobody asked for", attempt);
        Integer other =
                seen.computeIfAbsent(attempt.input, unknown -> new TreeMap<>()).put(number, attempt.number);
        check(
                other == null,
                "number %s of input %s is visible twice: from transactions %s and %s",
                number,
                attempt.input,
                other,
                attempt.number);
        attempt.recordsSeen++;
    }

    /** Up to where the input is committed for sure, at this moment. */
    long confirmedEnd(int input) {
        long end = 0;
        for (Attempt attempt : attempts) {
            if (attempt.input == input && attempt.commitConfirmed) {
                end = Math.max(end, attempt.end);
            }
        }
        return end;
    }

    /**
     * A producer was told this offset as the committed one, with nothing undecided.
     *
     * @param confirmedBefore what {@link #confirmedEnd} said when it was asked for
     */
    void offsetTold(int input, long offset, long confirmedBefore) {
        long requested = 0;
        for (Attempt attempt : attempts) {
            if (attempt.input == input && attempt.commitRequested) {
                requested = Math.max(requested, attempt.end);
            }
        }
        check(
                confirmedBefore <= offset && offset <= requested,
                "offset %s of input %s is told, but %s was confirmed and nobody asked beyond %s",
                offset,
                input,
                confirmedBefore,
                requested);
    }

    /** Everything has come to rest, and these are the committed offsets. */
    void settle(Map<Integer, Long> committed) {
        for (Attempt attempt : attempts) {
            long size = attempt.end - attempt.first;
            check(
                    attempt.recordsSeen == 0 || attempt.recordsSeen == size,
                    "%s of %s records of %s are visible",
                    attempt.recordsSeen,
                    size,
                    attempt);
            check(!attempt.commitConfirmed || attempt.recordsSeen == size, "%s was committed and is lost", attempt);
        }
        committed.forEach((input, offset) -> {
            Map<Long, Integer> numbers = seen.getOrDefault(input, Map.of());
            check(
                    numbers.size() == offset,
                    "input %s is committed up to %s, and %s of its numbers are visible",
                    input,
                    offset,
                    numbers.size());
        });
    }

    private static void check(boolean holds, String format, Object... arguments) {
        if (!holds) {
            throw new Violation(String.format(format, arguments));
        }
    }
}
