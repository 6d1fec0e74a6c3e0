package io.barnabas.log.directory;

import io.barnabas.log.file.SmallFile;
import io.barnabas.runtime.Disk;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;

/**
 * The file {@code meta.properties} of a log directory: to which broker of which cluster its data belongs. Version 0 is
 * that of a cluster on ZooKeeper; version 1 that of KRaft, whose directories are left alone until they were adopted.
 */
public record MetaProperties(int version, OptionalInt brokerId, Optional<String> clusterId) {
    public static final String FILE_NAME = "meta.properties";
    private static final int ZOOKEEPER_VERSION = 0;

    /** As a broker of a cluster on ZooKeeper writes it. */
    public static MetaProperties of(int brokerId, String clusterId) {
        return new MetaProperties(ZOOKEEPER_VERSION, OptionalInt.of(brokerId), Optional.of(clusterId));
    }

    /** Whether the directory was written by a cluster without ZooKeeper. */
    public boolean isOfKraft() {
        return version != ZOOKEEPER_VERSION;
    }

    /** Empty when the directory has none yet. */
    public static Optional<MetaProperties> read(Disk disk, Path directory) throws IOException {
        Path file = directory.resolve(FILE_NAME);
        if (!disk.exists(file)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        properties.load(new StringReader(SmallFile.readText(disk, file)));
        try {
            int version =
                    Integer.parseInt(properties.getProperty("version", "0").trim());
            String id = properties.getProperty(idName(version));
            return Optional.of(new MetaProperties(
                    version,
                    id == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(id.trim())),
                    Optional.ofNullable(properties.getProperty("cluster.id"))));
        } catch (NumberFormatException malformed) {
            throw new IOException(file + " has no number where one belongs: " + malformed.getMessage(), malformed);
        }
    }

    private String idName() {
        return idName(version);
    }

    private static String idName(int version) {
        return version == ZOOKEEPER_VERSION ? "broker.id" : "node.id";
    }

    public void write(Disk disk, Path directory, Instant now) throws IOException {
        StringBuilder text = new StringBuilder("#\n#").append(now).append('\n');
        brokerId.ifPresent(id -> text.append("broker.id=").append(id).append('\n'));
        clusterId.ifPresent(id -> text.append("cluster.id=").append(id).append('\n'));
        text.append("version=").append(version).append('\n');
        SmallFile.replaceText(disk, directory.resolve(FILE_NAME), text.toString());
    }

    /** The id that the directories agree on, if any names one. */
    public static OptionalInt brokerIdOf(Map<Path, MetaProperties> files) {
        return files.values().stream()
                .filter(file -> file.brokerId.isPresent())
                .mapToInt(file -> file.brokerId.getAsInt())
                .findFirst();
    }

    /**
     * What keeps this broker from using the directories; one line each, empty when all is well. A file without a
     * cluster id, from before 0.10.1, is fine.
     *
     * @param adopted directories of KRaft nodes that may be used all the same
     * @param configuredBrokerId empty when the configuration leaves it to the cluster
     */
    public static List<String> problems(
            Map<Path, MetaProperties> files, Set<Path> adopted, OptionalInt configuredBrokerId, String clusterId) {
        List<String> problems = new ArrayList<>();
        OptionalInt expected = configuredBrokerId.isPresent() ? configuredBrokerId : brokerIdOf(files);
        files.forEach((directory, found) -> {
            if (found.isOfKraft() && !adopted.contains(directory)) {
                problems.add(directory.resolve(FILE_NAME) + " has version " + found.version
                        + ": the directory belongs to a KRaft node; stop that node and start with --adopt to take its"
                        + " data over, or name another directory in log.dirs");
            } else {
                found.addProblems(directory, expected, clusterId, problems);
            }
        });
        return problems;
    }

    private void addProblems(Path directory, OptionalInt expectedId, String expectedCluster, List<String> problems) {
        Path file = directory.resolve(FILE_NAME);
        if (brokerId.isPresent() && !brokerId.equals(expectedId)) {
            problems.add(file + " says " + idName() + "=" + brokerId.getAsInt() + ", but this broker is "
                    + expectedId.getAsInt() + ": set broker.id=" + brokerId.getAsInt()
                    + ", or name another directory in log.dirs");
        }
        if (clusterId.isPresent() && !clusterId.get().equals(expectedCluster)) {
            problems.add(file + " says cluster.id=" + clusterId.get() + ", but ZooKeeper's cluster is "
                    + expectedCluster
                    + ": point zookeeper.connect at the cluster of the data; or, if the data do belong"
                    + " to ZooKeeper's cluster, write cluster.id=" + expectedCluster + " in " + file
                    + "; or, to give up the data in " + directory + ", delete that directory");
        }
    }
}
