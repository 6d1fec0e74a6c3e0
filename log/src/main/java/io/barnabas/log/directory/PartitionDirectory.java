package io.barnabas.log.directory;

import io.barnabas.runtime.Disk;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the name of a directory below a log directory says: {@code topic-partition}, with
 * {@code .<32 hex digits>-<kind>} behind it when it is no live replica.
 */
public record PartitionDirectory(TopicPartition topicPartition, Kind kind) {
    private static final int LONGEST_NAME = 255;
    private static final int HEX_DIGITS = 32;

    /** In the log directories of KRaft nodes, and no partition that anybody could read. */
    public static final String KRAFT_METADATA = "__cluster_metadata-0";

    public enum Kind {
        LIVE(""),
        /** Of a replica that moves here from another directory of this broker. */
        FUTURE("-future"),
        /** About to be deleted. */
        DELETED("-delete"),
        /** Of a replica that the cluster does not know. */
        STRAY("-stray");

        private final String suffix;

        Kind(String suffix) {
            this.suffix = suffix;
        }
    }

    /** Null when the name is none that a partition's directory could have. */
    public static PartitionDirectory parse(String name) {
        for (Kind kind : Kind.values()) {
            if (kind != Kind.LIVE && name.endsWith(kind.suffix)) {
                int dot = name.length() - kind.suffix.length() - HEX_DIGITS - 1;
                boolean formed = dot > 0 && name.charAt(dot) == '.' && isHex(name, dot + 1, dot + 1 + HEX_DIGITS);
                return formed ? of(name.substring(0, dot), kind) : null;
            }
        }
        return of(name, Kind.LIVE);
    }

    /** The partitions that live in a log directory, by the names in it; none when it is not there. */
    public static List<TopicPartition> liveIn(Disk disk, Path logDirectory) throws IOException {
        List<TopicPartition> live = new ArrayList<>();
        if (!disk.isDirectory(logDirectory)) {
            return live;
        }
        for (Path child : disk.list(logDirectory)) {
            String name = child.getFileName().toString();
            PartitionDirectory found = name.equals(KRAFT_METADATA) || !disk.isDirectory(child) ? null : parse(name);
            if (found != null && found.kind == Kind.LIVE) {
                live.add(found.topicPartition);
            }
        }
        return live;
    }

    /** The partition follows the last dash. */
    private static PartitionDirectory of(String name, Kind kind) {
        int dash = name.lastIndexOf('-');
        if (dash <= 0 || dash == name.length() - 1) {
            return null;
        }
        for (int i = dash + 1; i < name.length(); i++) {
            if (name.charAt(i) < '0' || name.charAt(i) > '9') {
                return null;
            }
        }
        if (name.length() - dash > 10) {
            return null;
        }
        int partition = Integer.parseInt(name.substring(dash + 1));
        return new PartitionDirectory(new TopicPartition(name.substring(0, dash), partition), kind);
    }

    private static boolean isHex(String name, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Character.digit(name.charAt(i), 16) < 0) {
                return false;
            }
        }
        return true;
    }

    /** The name under which a partition waits for its deletion; of a long topic name only the beginning is kept. */
    public static String deletedName(TopicPartition topicPartition, Uuid unique) {
        return cutName(topicPartition, unique, Kind.DELETED);
    }

    /** The name of what the cluster does not know and nobody shall lose; likewise. */
    static String strayName(TopicPartition topicPartition, Uuid unique) {
        return cutName(topicPartition, unique, Kind.STRAY);
    }

    private static String cutName(TopicPartition topicPartition, Uuid unique, Kind kind) {
        String end = "-" + topicPartition.partition() + ending(unique, kind);
        String topic = topicPartition.topic();
        return topic.substring(0, Math.min(topic.length(), LONGEST_NAME - end.length())) + end;
    }

    /** The name under which a replica grows that will replace one in another directory; it is not cut. */
    public static String futureName(TopicPartition topicPartition, Uuid unique) {
        return topicPartition + ending(unique, Kind.FUTURE);
    }

    /** A partition whose topic has a very long name cannot move between directories, in Kafka neither. */
    public static boolean canMove(TopicPartition topicPartition) {
        return futureName(topicPartition, Uuid.ZERO).length() <= LONGEST_NAME;
    }

    private static String ending(Uuid unique, Kind kind) {
        String hex = String.format("%016x%016x", unique.mostSignificantBits(), unique.leastSignificantBits());
        return "." + hex + kind.suffix;
    }
}
