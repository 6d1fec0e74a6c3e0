package io.barnabas.log.kraft;

import io.barnabas.log.kraft.KraftMetadata.Partition;
import io.barnabas.log.kraft.KraftMetadata.Topic;
import io.barnabas.wire.ByteReader;
import io.barnabas.wire.MalformedMessageException;
import io.barnabas.wire.Uuid;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Applies the records of a metadata log in their order. A record is the frame's version, its kind and its version, each
 * a varint, and then its fields in the flexible encoding. Those of a transaction count once it ends. Confined to one
 * thread.
 */
final class MetadataReplay {
    private static final int FRAME_VERSION = 1;
    private static final byte OF_TOPIC = 2;
    private static final byte OF_BROKER = 4;
    private static final int LEADER_UNCHANGED = -2;

    /** Since this version a partition's record names the directories of its replicas. */
    private static final int WITH_DIRECTORIES = 1;

    /** Tagged fields: of a partition's record, and of one that changes it. */
    private static final int ELIGIBLE = 1;

    private static final int ELIGIBLE_NOW = 6;

    private static final int TOPIC = 2;
    private static final int PARTITION = 3;
    private static final int CONFIG = 4;
    private static final int PARTITION_CHANGE = 5;
    private static final int REMOVE_TOPIC = 9;
    private static final int PRODUCER_IDS = 15;
    private static final int BEGIN_TRANSACTION = 23;
    private static final int END_TRANSACTION = 24;
    private static final int ABORT_TRANSACTION = 25;

    private static final Map<Integer, String> LEFT_OUT =
            Map.of(10, "delegation tokens", 11, "SCRAM users", 14, "quotas", 18, "ACLs");

    private final Map<Uuid, Topic> topics = new HashMap<>();
    private final Map<String, Map<String, String>> topicConfigs = new TreeMap<>();
    private final Map<String, Map<String, String>> brokerConfigs = new TreeMap<>();
    private final SortedSet<String> leftOut = new TreeSet<>();
    private long nextProducerId;

    /** Of a transaction that has not ended; null outside of one. */
    private List<Runnable> held;

    /** Fails with {@link MalformedMessageException} when the bytes are no such record. */
    void apply(ByteBuffer value) {
        ByteReader in = new ByteReader(Unpooled.copiedBuffer(value));
        int frame = in.readUnsignedVarint();
        if (frame != FRAME_VERSION) {
            throw in.malformed("unknown version " + frame + " of a metadata record's frame");
        }
        int kind = in.readUnsignedVarint();
        int version = in.readUnsignedVarint();
        switch (kind) {
            case BEGIN_TRANSACTION -> held = new ArrayList<>();
            case END_TRANSACTION -> {
                held.forEach(Runnable::run);
                held = null;
            }
            case ABORT_TRANSACTION -> held = null;
            default -> {
                if (held == null) {
                    change(kind, version, in);
                } else {
                    held.add(() -> change(kind, version, in));
                }
            }
        }
    }

    KraftMetadata result() {
        SortedMap<String, Topic> byName = new TreeMap<>();
        topics.values().forEach(topic -> byName.put(topic.name(), topic));
        return new KraftMetadata(byName, topicConfigs, brokerConfigs, nextProducerId, leftOut);
    }

    /** Kinds that say nothing about what is taken over are passed by. */
    private void change(int kind, int version, ByteReader in) {
        switch (kind) {
            case TOPIC -> topic(in);
            case PARTITION -> partition(version, in);
            case PARTITION_CHANGE -> partitionChange(in);
            case CONFIG -> config(in);
            case REMOVE_TOPIC -> {
                Topic gone = topics.remove(in.readUuid());
                if (gone != null) {
                    topicConfigs.remove(gone.name());
                }
            }
            case PRODUCER_IDS -> {
                in.readInt32();
                in.readInt64();
                nextProducerId = in.readInt64();
            }
            default -> {
                if (LEFT_OUT.containsKey(kind)) {
                    leftOut.add(LEFT_OUT.get(kind));
                }
            }
        }
    }

    private void topic(ByteReader in) {
        String name = in.readString(true, false);
        Uuid id = in.readUuid();
        topics.put(id, new Topic(name, id, new TreeMap<>()));
    }

    private void partition(int version, ByteReader in) {
        int index = in.readInt32();
        Topic topic = topicOf(in);
        List<Integer> replicas = list(in.readInt32s(true, false));
        List<Integer> isr = list(in.readInt32s(true, false));
        in.readInt32s(true, false);
        in.readInt32s(true, false);
        int leader = in.readInt32();
        int leaderEpoch = in.readInt32();
        in.readInt32();
        if (version >= WITH_DIRECTORIES) {
            in.readUuids(true, false);
        }
        List<Integer> eligible = List.of();
        int fields = in.readTagCount();
        for (int i = 0; i < fields; i++) {
            int tag = in.readTag();
            int outer = in.enterTag(tag);
            if (tag == ELIGIBLE) {
                eligible = list(in.readInt32s(true, true));
            } else {
                in.readUnknownTag(null, tag);
            }
            in.leaveTag(tag, outer);
        }
        topic.partitions().put(index, new Partition(replicas, isr, eligible, leader, leaderEpoch));
    }

    /** What has not changed is left out; whenever a leader is named, its epoch is one higher. */
    private void partitionChange(ByteReader in) {
        int index = in.readInt32();
        Topic topic = topicOf(in);
        Partition before = topic.partitions().get(index);
        if (before == null) {
            throw in.malformed("a change of partition " + index + " of " + topic.name() + ", which is not there");
        }
        List<Integer> isr = before.isr();
        List<Integer> replicas = before.replicas();
        List<Integer> eligible = before.eligible();
        int leader = LEADER_UNCHANGED;
        int fields = in.readTagCount();
        for (int i = 0; i < fields; i++) {
            int tag = in.readTag();
            int outer = in.enterTag(tag);
            switch (tag) {
                case 0 -> isr = list(in.readInt32s(true, false));
                case 1 -> leader = in.readInt32();
                case 2 -> replicas = list(in.readInt32s(true, false));
                case ELIGIBLE_NOW -> eligible = list(in.readInt32s(true, true));
                default -> in.readUnknownTag(null, tag);
            }
            in.leaveTag(tag, outer);
        }
        boolean moved = leader != LEADER_UNCHANGED;
        topic.partitions()
                .put(
                        index,
                        new Partition(
                                replicas,
                                isr,
                                eligible,
                                moved ? leader : before.leader(),
                                moved ? before.leaderEpoch() + 1 : before.leaderEpoch()));
    }

    private Topic topicOf(ByteReader in) {
        Uuid id = in.readUuid();
        Topic topic = topics.get(id);
        if (topic == null) {
            throw in.malformed("a partition of topic " + id + ", which is not there");
        }
        return topic;
    }

    private void config(ByteReader in) {
        byte type = in.readInt8();
        String entity = in.readString(true, false);
        String name = in.readString(true, false);
        String value = in.readString(true, true);
        if (type != OF_TOPIC && type != OF_BROKER) {
            return;
        }
        Map<String, String> settings =
                (type == OF_TOPIC ? topicConfigs : brokerConfigs).computeIfAbsent(entity, fresh -> new TreeMap<>());
        if (value == null) {
            settings.remove(name);
        } else {
            settings.put(name, value);
        }
    }

    private static List<Integer> list(int[] ids) {
        return ids == null ? List.of() : Arrays.stream(ids).boxed().toList();
    }
}
