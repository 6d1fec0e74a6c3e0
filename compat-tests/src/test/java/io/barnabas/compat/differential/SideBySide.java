package io.barnabas.compat.differential;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.barnabas.compat.ApacheKafka;
import io.barnabas.compat.ApacheKraft;
import io.barnabas.compat.BrokerAddress;
import io.barnabas.compat.BrokerProcess;
import io.barnabas.wire.ApiKey;
import io.barnabas.wire.message.ApiVersionsRequest;
import io.barnabas.wire.message.ApiVersionsResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.ObjIntConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** An Apache Kafka and our broker with the same settings, each fresh. What is asked is asked of both. */
final class SideBySide implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 90;

    /** What a newer Apache Kafka lists beyond 3.9.2; of some others only kafka-clients has more versions. */
    private static final Set<ApiKey> HAS_NEWER_VERSIONS = EnumSet.of(
            ApiKey.PRODUCE,
            ApiKey.FETCH,
            ApiKey.LIST_OFFSETS,
            ApiKey.METADATA,
            ApiKey.OFFSET_COMMIT,
            ApiKey.OFFSET_FETCH,
            ApiKey.DESCRIBE_GROUPS,
            ApiKey.DESCRIBE_CLUSTER,
            ApiKey.LIST_CONFIG_RESOURCES,
            ApiKey.DESCRIBE_TOPIC_PARTITIONS);

    /** Follows the name of a scenario that is played against the newer one. */
    private static final String NEWER = ", newer";

    private static final String NEWER_CLUSTER = "AAAAAAAAAAAAAAAAAAAAAQ";

    private static final String PLAYED = "played to its end";

    private final Map<String, String> settings = new TreeMap<>();
    private final Path directory;
    private final ApacheKafka apache;
    private final BrokerProcess ours;
    private final Map<ApiKey, VersionRange> apacheVersions;
    private final Map<ApiKey, VersionRange> ourVersions;
    private ApacheKraft newer;
    private Map<ApiKey, VersionRange> newerVersions;

    SideBySide(Path directory) {
        this.directory = directory;
        apache = new ApacheKafka(directory.resolve("apache"), directory.resolve("apache-logs"));
        ours = BrokerProcess.in(directory.resolve("ours"));
        settings.put("broker.id", "0");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("offsets.topic.num.partitions", String.valueOf(Play.OFFSETS_PARTITIONS));
        settings.put("transaction.state.log.num.partitions", String.valueOf(Transactions.PARTITIONS));
        settings.forEach(apache::with);
        settings.forEach(ours::with);
        CompletableFuture<?> starting = CompletableFuture.runAsync(ours::start);
        apache.start();
        starting.join();
        apacheVersions = listed(apache);
        ourVersions = listed(ours);
    }

    ApacheKafka apache() {
        return apache;
    }

    BrokerProcess ours() {
        return ours;
    }

    VersionRange apacheVersions(ApiKey key) {
        return apacheVersions.getOrDefault(key, VersionRange.NONE);
    }

    VersionRange ourVersions(ApiKey key) {
        return ourVersions.getOrDefault(key, VersionRange.NONE);
    }

    /**
     * Plays the scenario for every version of the API that both list, the newest ones against a newer Apache Kafka, and
     * fails on differences that are not meant.
     */
    void everyVersion(String scenario, ApiKey key, ObjIntConsumer<Play> play) {
        VersionRange range = apacheVersions(key).and(ourVersions(key));
        if (!range.isEmpty()) {
            same(scenario, side -> range.forEach(version -> play.accept(side, version)));
        }
        VersionRange rest = ourVersions(key).from(apacheVersions(key).highest() + 1);
        if (!rest.isEmpty() && HAS_NEWER_VERSIONS.contains(key)) {
            VersionRange newest = rest.and(newerVersions(key));
            // What else the scenario asks for is compared with the older one.
            same(
                    scenario + NEWER,
                    newer,
                    side -> newest.forEach(version -> play.accept(side, version)),
                    exchange -> exchange.api().equals(key.name()) && exchange.version() >= newest.lowest());
        }
    }

    private VersionRange newerVersions(ApiKey key) {
        if (newer == null) {
            settings.remove("broker.id");
            newer = new ApacheKraft(directory.resolve("newer"), NEWER_CLUSTER)
                    .with(settings)
                    .with(Map.of("log.message.timestamp.after.max.ms", String.valueOf(Long.MAX_VALUE)))
                    .start();
            newerVersions = listed(newer);
        }
        return newerVersions.getOrDefault(key, VersionRange.NONE);
    }

    /** Plays the scenario against both and fails on differences that are not meant. */
    void same(String name, Scenario scenario) {
        same(name, apache, scenario, exchange -> true);
    }

    private void same(String name, BrokerAddress apache, Scenario scenario, Predicate<Exchange> isCompared) {
        try (Play theirs = new Play(apache.address());
                Play mine = new Play(ours.address())) {
            CompletableFuture<String> ourEnd = CompletableFuture.supplyAsync(() -> end(scenario, mine));
            String theirEnd = end(scenario, theirs);
            String myEnd = ourEnd.get(PATIENCE_SECONDS, SECONDS);
            List<Difference> all = Comparison.of(theirs, mine, isCompared);
            if (!theirEnd.equals(PLAYED) || !myEnd.equals(PLAYED)) {
                all.add(new Difference("scenario", (short) 0, name, "end", theirEnd, myEnd, ""));
            }
            judge(name, all);
        } catch (InterruptedException | ExecutionException | TimeoutException failure) {
            throw new AssertionError(name, failure);
        }
    }

    @Override
    public void close() {
        ours.close();
        apache.close();
        if (newer != null) {
            newer.close();
        }
    }

    private static String end(Scenario scenario, Play play) {
        try {
            scenario.play(play);
            return PLAYED;
        } catch (RuntimeException stopped) {
            return "stopped: " + stopped;
        }
    }

    private static void judge(String scenario, List<Difference> differences) {
        Set<DeliberateDifference> unseen = new LinkedHashSet<>(DeliberateDifference.of(scenario));
        List<DeliberateDifference> meant = List.copyOf(unseen);
        List<Difference> unexplained = new ArrayList<>();
        for (Difference one : differences) {
            List<DeliberateDifference> reasons =
                    meant.stream().filter(any -> any.explains(one)).toList();
            reasons.forEach(unseen::remove);
            if (reasons.isEmpty()) {
                unexplained.add(one);
            }
        }
        if (!unexplained.isEmpty()) {
            throw new AssertionError(
                    unexplained.size() + " fields differ in " + scenario + "\n" + Report.of(unexplained));
        }
        if (!unseen.isEmpty()) {
            throw new AssertionError("No longer different: "
                    + unseen.stream().map(DeliberateDifference::why).collect(Collectors.joining(", ")));
        }
    }

    private static Map<ApiKey, VersionRange> listed(BrokerAddress broker) {
        try (Play play = new Play(broker.address())) {
            return play.ask("versions", 0, new ApiVersionsRequest()).as(ApiVersionsResponse.class).apiKeys().stream()
                    .collect(Collectors.toMap(
                            one -> ApiKey.of(one.apiKey()),
                            one -> new VersionRange(one.minVersion(), one.maxVersion())));
        }
    }
}
