package io.barnabas.cluster.znodes;

import io.barnabas.wire.Uuid;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A topic's partitions and their replicas, /brokers/topics/T. Written in version 3; versions 1 (old tools) to 3 are
 * read.
 *
 * @param topicId {@link Uuid#ZERO} where the node has none
 */
public record TopicZnode(Uuid topicId, SortedMap<Integer, ReplicaAssignment> partitions) {

    public byte[] bytes() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("partitions", lists(ReplicaAssignment::replicas, true));
        if (!topicId.isZero()) {
            json.put("topic_id", topicId.toString());
        }
        json.put("adding_replicas", lists(ReplicaAssignment::adding, false));
        json.put("removing_replicas", lists(ReplicaAssignment::removing, false));
        json.put("version", 3);
        return Json.bytes(json);
    }

    public TopicZnode withTopicId(Uuid id) {
        return new TopicZnode(id, partitions);
    }

    /** Empty where the bytes describe no topic. */
    public static Optional<TopicZnode> parse(byte[] bytes) {
        return Json.object(bytes)
                .filter(json -> json.get("partitions") instanceof Map)
                .map(TopicZnode::parse);
    }

    private static TopicZnode parse(Map<String, Object> json) {
        Map<String, Object> adding = Json.objectAt(json, "adding_replicas");
        Map<String, Object> removing = Json.objectAt(json, "removing_replicas");
        SortedMap<Integer, ReplicaAssignment> partitions = new TreeMap<>();
        Json.objectAt(json, "partitions").forEach((partition, replicas) -> {
            if (partition.matches("\\d{1,9}")) {
                partitions.put(
                        Integer.valueOf(partition),
                        new ReplicaAssignment(
                                Json.ints(replicas),
                                Json.ints(adding.get(partition)),
                                Json.ints(removing.get(partition))));
            }
        });
        return new TopicZnode(topicId(Json.textAt(json, "topic_id")), partitions);
    }

    private static Uuid topicId(String text) {
        try {
            return text == null ? Uuid.ZERO : Uuid.fromString(text);
        } catch (IllegalArgumentException damaged) {
            return Uuid.ZERO;
        }
    }

    private Map<String, Object> lists(Function<ReplicaAssignment, Iterable<Integer>> part, boolean empty) {
        Map<String, Object> lists = new LinkedHashMap<>();
        partitions.forEach((partition, assignment) -> {
            Iterable<Integer> list = part.apply(assignment);
            if (empty || list.iterator().hasNext()) {
                lists.put(partition.toString(), list);
            }
        });
        return lists;
    }
}
