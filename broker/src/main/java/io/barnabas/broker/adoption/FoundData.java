package io.barnabas.broker.adoption;

import io.barnabas.log.directory.PartitionDirectory;
import io.barnabas.runtime.Disk;
import io.barnabas.wire.TopicPartition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the log directories hold, by the names of their files. Immutable.
 *
 * @param clusterIds what their {@code meta.properties} name
 */
public record FoundData(List<Path> directories, SortedSet<String> clusterIds, List<TopicPartition> partitions) {
    private static final int NAMED = 5;

    /** A directory that cannot be read counts as empty here; opening its logs will tell what is wrong. */
    public static FoundData in(Disk disk, List<Path> directories, SortedSet<String> clusterIds) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (Path directory : directories) {
            try {
                partitions.addAll(PartitionDirectory.liveIn(disk, directory));
            } catch (IOException unreadable) {
                continue;
            }
        }
        return new FoundData(directories, clusterIds, List.copyOf(partitions));
    }

    boolean isEmpty() {
        return partitions.isEmpty();
    }

    /** Such as {@code "2 topics (a, b) with 7 partitions of cluster x"}. */
    String describe() {
        SortedSet<String> topics =
                partitions.stream().map(TopicPartition::topic).collect(Collectors.toCollection(TreeSet::new));
        String of = clusterIds.isEmpty() ? "" : " of cluster " + String.join(", ", clusterIds);
        return counted(topics.size(), "topic") + (topics.isEmpty() ? "" : " (" + some(topics) + ")") + " with "
                + counted(partitions.size(), "partition") + of;
    }

    String where() {
        return directories.stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /** The first few of them. */
    static String some(Collection<String> names) {
        String first = names.stream().limit(NAMED).collect(Collectors.joining(", "));
        return names.size() > NAMED ? first + ", ..." : first;
    }
}
