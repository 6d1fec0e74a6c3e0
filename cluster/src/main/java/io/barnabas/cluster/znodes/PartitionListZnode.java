package io.barnabas.cluster.znodes;

import io.barnabas.wire.TopicPartition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Partitions that somebody points the controller to: preferred elections, and in-sync sets that a leader changed. */
public final class PartitionListZnode {
    private PartitionListZnode() {}

    public static byte[] bytes(Set<TopicPartition> partitions) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("topic", partition.topic());
            json.put("partition", partition.partition());
            list.add(json);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", 1);
        json.put("partitions", list);
        return Json.bytes(json);
    }

    /** Nothing where the bytes name none. */
    public static Set<TopicPartition> parse(byte[] bytes) {
        Set<TopicPartition> partitions = new LinkedHashSet<>();
        Json.object(bytes)
                .ifPresent(json -> Json.objectsAt(json, "partitions").forEach(partition -> {
                    String topic = Json.textAt(partition, "topic");
                    int number = Json.intAt(partition, "partition", -1);
                    if (topic != null && number >= 0) {
                        partitions.add(new TopicPartition(topic, number));
                    }
                }));
        return partitions;
    }
}
