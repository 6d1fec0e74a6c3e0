package io.barnabas.compat.differential;

import io.barnabas.wire.Uuid;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What differs between two brokers by its nature, and what stands for it: times, ports, and ids, which are numbered in
 * the order in which they first appear, so that the same id is the same number throughout. One for one broker's side
 * of one scenario.
 */
final class Nature {
    /** Lists that are sets, with the field that tells their elements apart. */
    private static final Map<String, String> SETS = Map.ofEntries(
            Map.entry("configs", "name"),
            Map.entry("members", "memberId"),
            Map.entry("groups", "groupId"),
            Map.entry("configResources", "resourceName"),
            Map.entry("responses", "name"),
            Map.entry("topics", "name"),
            Map.entry("partitions", "partitionIndex"),
            Map.entry("partitionResponses", "index"),
            Map.entry("brokers", "nodeId"),
            Map.entry("nodeEndpoints", "nodeId"),
            Map.entry("topicResults", "name"),
            Map.entry("resultsByTopicV3AndBelow", "name"),
            Map.entry("resultsByPartition", "partitionIndex"),
            Map.entry("resultsByTransaction", "transactionalId"),
            Map.entry("transactionStates", "transactionalId"),
            Map.entry("activeProducers", "producerId"));

    /** Settings that Kafka does not have. */
    private static final String OUR_KEYS = "barnabas.";

    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private static final String RANGE_OF_TIMES = "\\[\\d{13}, \\d{13}]";

    private final int port;
    private final Map<String, String> only;
    private final Map<String, Map<Object, Integer>> numbers = new HashMap<>();

    Nature(Play play) {
        this.port = play.port();
        this.only = play.only();
        play.names().forEach(this::other);
    }

    String text(String field, Object value) {
        return switch (field) {
            case "throttleTimeMs" -> "any";
            case "clusterId" -> "cluster";
            case "port" -> value.equals(port) ? "its port" : String.valueOf(value);
            case "logAppendTimeMs", "issueTimestampMs", "transactionStartTimeMs", "lastTimestamp" ->
                isNegative(value) ? value.toString() : "a time";
            case "producerId" -> isNegative(value) ? value.toString() : numbered("producer", value);
            case "sessionId" -> value.equals(0) ? "0" : numbered("session", value);
            default -> other(value);
        };
    }

    /** A list in which order means nothing becomes a map by what tells its elements apart. */
    Object collected(String field, List<Object> list) {
        if (field.equals("partitions") && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().sorted().toList();
        }
        String key = SETS.get(field);
        if (key == null || !list.stream().allMatch(one -> one instanceof Map<?, ?> tree && tree.containsKey(key))) {
            return list;
        }
        Map<String, Object> set = new TreeMap<>();
        for (Object one : list) {
            String name = nameOf((Map<?, ?>) one, key);
            while (set.containsKey(name)) {
                name += " again";
            }
            if (field.equals("configs") && name.startsWith(OUR_KEYS)) {
                continue;
            }
            if (name.startsWith(only.getOrDefault(field, ""))) {
                set.put(name, one);
            }
        }
        return set;
    }

    /** Newer versions have ids in the place of topics' names. */
    private static String nameOf(Map<?, ?> element, String key) {
        String name = String.valueOf(element.get(key)).replace("\"", "");
        return name.isEmpty() && element.containsKey("topicId") ? String.valueOf(element.get("topicId")) : name;
    }

    private String other(Object value) {
        if (value instanceof Uuid id) {
            return id.equals(Uuid.ZERO) ? "no id" : numbered("id", id);
        }
        if (value instanceof String string) {
            Matcher ids =
                    UUID.matcher(string.replace(":" + port, ":its port").replaceAll(RANGE_OF_TIMES, "[then, then]"));
            return '"' + ids.replaceAll(id -> numbered("uuid", id.group())) + '"';
        }
        return value.toString();
    }

    private String numbered(String kind, Object value) {
        Map<Object, Integer> known = numbers.computeIfAbsent(kind, any -> new LinkedHashMap<>());
        return kind + " " + known.computeIfAbsent(value, any -> known.size() + 1);
    }

    private static boolean isNegative(Object value) {
        return ((Number) value).longValue() < 0;
    }
}
