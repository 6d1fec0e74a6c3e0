package io.barnabas.broker;

import io.barnabas.config.BrokerConfig;
import io.barnabas.config.BrokerKeys;
import io.barnabas.log.directory.AdoptionMark;
import io.barnabas.log.directory.MetaProperties;
import io.barnabas.runtime.Clock;
import io.barnabas.runtime.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Who this broker is, as its log directories remember it. Used by the starting thread, which waits for the disk. */
final class StoredIdentity {
    private final Disk disk;
    private final Clock clock;
    private final List<Path> directories;
    private final Map<Path, MetaProperties> files = new LinkedHashMap<>();

    private StoredIdentity(Disk disk, Clock clock, List<Path> directories) {
        this.disk = disk;
        this.clock = clock;
        this.directories = directories;
    }

    /** Makes an id for a broker that has none. */
    @FunctionalInterface
    interface IdSource {
        int generate() throws StartFailure;
    }

    static StoredIdentity read(Disk disk, Clock clock, List<Path> directories) throws StartFailure {
        StoredIdentity stored = new StoredIdentity(disk, clock, directories);
        for (Path directory : directories) {
            try {
                Optional<MetaProperties> file = MetaProperties.read(disk, directory);
                file.ifPresent(found -> stored.files.put(directory, found));
            } catch (IOException unreadable) {
                throw new StartFailure(DiskTrouble.describe(unreadable));
            }
        }
        return stored;
    }

    /** The clusters that the directories name. */
    SortedSet<String> clusterIds() {
        SortedSet<String> ids = new TreeSet<>();
        files.values().forEach(file -> file.clusterId().ifPresent(ids::add));
        return ids;
    }

    /**
     * The broker's id, once nothing speaks against using the directories in that cluster.
     *
     * @param adopts whether directories of a KRaft node may be taken over
     */
    int settle(BrokerConfig config, String clusterId, boolean adopts, IdSource ids) throws StartFailure {
        int configured = config.get(BrokerKeys.BROKER_ID);
        OptionalInt wanted = configured >= 0 ? OptionalInt.of(configured) : OptionalInt.empty();
        List<String> problems = MetaProperties.problems(files, usableOfKraft(adopts), wanted, clusterId);
        if (!problems.isEmpty()) {
            throw new StartFailure(problems);
        }
        OptionalInt known = wanted.isPresent() ? wanted : MetaProperties.brokerIdOf(files);
        if (known.isPresent()) {
            return known.getAsInt();
        }
        if (!config.get(BrokerKeys.BROKER_ID_GENERATION_ENABLE)) {
            throw new StartFailure("broker.id is not set, and broker.id.generation.enable forbids to make one up");
        }
        return ids.generate();
    }

    private Set<Path> usableOfKraft(boolean adopts) {
        return files.keySet().stream()
                .filter(directory -> adopts || AdoptionMark.isThere(disk, directory))
                .collect(Collectors.toSet());
    }

    /** Writes the file where it is missing or says less; that of a KRaft node stays, so that Kafka can go back to it. */
    void remember(int brokerId, String clusterId) throws StartFailure {
        MetaProperties complete = MetaProperties.of(brokerId, clusterId);
        for (Path directory : directories) {
            MetaProperties found = files.get(directory);
            if (complete.equals(found)) {
                continue;
            }
            try {
                if (found != null && found.isOfKraft()) {
                    markAdopted(directory);
                    continue;
                }
                disk.createDirectories(directory);
                complete.write(disk, directory, Instant.ofEpochMilli(clock.nowMs()));
            } catch (IOException failure) {
                throw new StartFailure("Cannot write " + directory.resolve(MetaProperties.FILE_NAME) + ": "
                        + DiskTrouble.describe(failure));
            }
        }
    }

    private void markAdopted(Path directory) throws IOException {
        if (!AdoptionMark.isThere(disk, directory)) {
            AdoptionMark.write(disk, directory, Instant.ofEpochMilli(clock.nowMs()));
        }
    }
}
