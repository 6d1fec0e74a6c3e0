package io.barnabas.requests.admin;

import io.barnabas.cluster.topics.NewTopic;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A new topic that is to begin with the records of another one: a topic whose settings name
 * {@code barnabas.clone.source}. Immutable.
 *
 * @param offset each partition ends before it; empty for no such bound
 * @param timestampMs each partition ends before its first record that is as young as that; empty for no such bound
 * @param configs what the clone sets besides what its source sets
 * @param problem null when the wish makes sense
 */
public record CloneWish(
        String source,
        String target,
        OptionalLong offset,
        OptionalLong timestampMs,
        Map<String, String> configs,
        String problem) {
    public static final String SOURCE = "barnabas.clone.source";
    public static final String OFFSET = "barnabas.clone.offset";
    public static final String TIMESTAMP = "barnabas.clone.timestamp";

    static boolean isMeantBy(NewTopic topic) {
        return topic.configs().containsKey(SOURCE)
                || topic.configs().containsKey(OFFSET)
                || topic.configs().containsKey(TIMESTAMP);
    }

    static CloneWish of(NewTopic topic) {
        Map<String, String> configs = new TreeMap<>(topic.configs());
        String source = configs.remove(SOURCE);
        String offset = configs.remove(OFFSET);
        String timestamp = configs.remove(TIMESTAMP);
        return new CloneWish(
                source,
                topic.name(),
                number(offset),
                number(timestamp),
                configs,
                problem(topic, source, offset, timestamp));
    }

    private static String problem(NewTopic topic, String source, String offset, String timestamp) {
        boolean isPlaced = topic.partitions() != NewTopic.BROKERS_DEFAULT
                || topic.replicationFactor() != NewTopic.BROKERS_DEFAULT
                || !topic.assignments().isEmpty();
        if (source == null || source.isEmpty()) {
            return SOURCE + " is missing: it names the topic to be cloned";
        } else if (isPlaced) {
            return "A clone has the partitions and replicas of its source: name neither";
        } else if (offset != null && timestamp != null) {
            return "Name " + OFFSET + " or " + TIMESTAMP + ", not both";
        } else if (offset != null && number(offset).isEmpty()) {
            return OFFSET + "=" + offset + " is no offset";
        } else if (timestamp != null && number(timestamp).isEmpty()) {
            return TIMESTAMP + "=" + timestamp + " is no time in milliseconds since 1970";
        }
        return null;
    }

    /** Empty when the text is none, or negative. */
    private static OptionalLong number(String text) {
        try {
            long number = text == null ? -1 : Long.parseLong(text.trim());
            return number < 0 ? OptionalLong.empty() : OptionalLong.of(number);
        } catch (NumberFormatException other) {
            return OptionalLong.empty();
        }
    }
}
