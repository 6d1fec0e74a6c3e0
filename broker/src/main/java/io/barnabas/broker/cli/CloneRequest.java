package io.barnabas.broker.cli;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * The arguments of {@code topic clone}, read. Immutable.
 *
 * @param offset null for none
 * @param timestampMs null for none
 * @param refusal null when they make sense
 */
record CloneRequest(
        boolean help,
        String source,
        String target,
        Long offset,
        Long timestampMs,
        InetSocketAddress broker,
        String refusal) {
    private static final String DEFAULT_BROKER = "localhost:9092";

    static CloneRequest parse(String[] arguments) {
        List<String> words = List.of(arguments);
        if (words.contains("--help") || words.contains("-h")) {
            return new CloneRequest(true, null, null, null, null, null, null);
        } else if (words.isEmpty() || !words.get(0).equals("clone")) {
            return refused(words.isEmpty() ? "Say what to do" : "Unknown: topic " + words.get(0));
        }
        List<String> topics = new ArrayList<>();
        String offset = null;
        String time = null;
        String broker = DEFAULT_BROKER;
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            if (!word.startsWith("-")) {
                topics.add(word);
                continue;
            }
            String value = i + 1 < words.size() ? words.get(++i) : null;
            if (value == null) {
                return refused(word + " needs a value");
            }
            switch (word) {
                case "--at-offset" -> offset = value;
                case "--at-time" -> time = value;
                case "--bootstrap-server" -> broker = value;
                default -> {
                    return refused("Unknown option of topic clone: " + word);
                }
            }
        }
        return checked(topics, offset, time, broker);
    }

    private static CloneRequest checked(List<String> topics, String offset, String time, String broker) {
        InetSocketAddress address = ToolConnection.address(broker);
        Long timestampMs = time == null ? null : timestamp(time);
        if (topics.size() != 2) {
            return refused("topic clone needs a source and a target");
        } else if (address == null) {
            return refused("--bootstrap-server " + broker + " is no host:port");
        } else if (offset != null && time != null) {
            return refused("Name --at-offset or --at-time, not both");
        } else if (offset != null && !offset.matches("\\d{1,18}")) {
            return refused("--at-offset " + offset + " is no offset");
        } else if (time != null && timestampMs == null) {
            return refused("--at-time " + time + " is no time, such as 2026-01-31T12:00:00Z or 1769860800000");
        }
        return new CloneRequest(
                false,
                topics.get(0),
                topics.get(1),
                offset == null ? null : Long.valueOf(offset),
                timestampMs,
                address,
                null);
    }

    /** Milliseconds since 1970; null when it is none. */
    private static Long timestamp(String text) {
        if (text.matches("\\d{1,18}")) {
            return Long.valueOf(text);
        }
        try {
            return Instant.parse(text).toEpochMilli();
        } catch (DateTimeParseException other) {
            return null;
        }
    }

    private static CloneRequest refused(String reason) {
        return new CloneRequest(false, null, null, null, null, null, reason);
    }
}
