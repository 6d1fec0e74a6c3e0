package io.barnabas.broker;

import io.barnabas.broker.adoption.Adoption;
import io.barnabas.broker.adoption.ClusterChoice;
import io.barnabas.broker.adoption.FoundData;
import io.barnabas.broker.net.NetworkServer;
import io.barnabas.broker.net.Transport;
import io.barnabas.cluster.BrokerLink;
import io.barnabas.cluster.LiveBroker;
import io.barnabas.cluster.MetadataCache;
import io.barnabas.cluster.adoption.AdoptionWrites;
import io.barnabas.cluster.configs.ConfigListener;
import io.barnabas.cluster.configs.ConfigStore;
import io.barnabas.cluster.controller.ControllerSettings;
import io.barnabas.cluster.registration.ClusterBase;
import io.barnabas.cluster.registration.LogDirFailures;
import io.barnabas.cluster.topics.TopicCommands;
import io.barnabas.cluster.znodes.BrokerZnode;
import io.barnabas.config.BrokerConfig;
import io.barnabas.config.BrokerKeys;
import io.barnabas.config.Endpoint;
import io.barnabas.config.ListenerConfig;
import io.barnabas.config.TopicKeys;
import io.barnabas.requests.ApiRegistry;
import io.barnabas.requests.BrokerAddresses;
import io.barnabas.requests.CountingMetrics;
import io.barnabas.requests.RequestDispatcher;
import io.barnabas.requests.admin.TopicCloning;
import io.barnabas.requests.metadata.FirstUse;
import io.barnabas.requests.metadata.InternalTopics;
import io.barnabas.requests.versions.ApiVersionsHandler.Identity;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.message.AllocateProducerIdsRequest;
import io.barnabas.wire.message.AllocateProducerIdsResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * One broker. {@link #start} makes its parts and joins them, lowest first; {@link #close} takes them apart the other
 * way round. Both are called by one thread at a time, which waits.
 */
public final class BrokerServer implements AutoCloseable {
    private static final int DISK_THREADS = 4;
    /** Beside Kafka's own files in the first log directory; Kafka ignores it. */
    private static final String SESSION_FILE = ".barnabas-session";

    private static final String EMBEDDED = "embedded";

    private final BrokerConfig config;
    private final Machinery machinery;
    private final ApiRegistry registry = new ApiRegistry();
    private final CountingMetrics metrics = new CountingMetrics();
    private final Listeners listeners;
    private final NetworkServer network;
    private final ClusterConnection cluster;
    private final Leaderships leaderships = new Leaderships();
    private final CompletableFuture<String> end = new CompletableFuture<>();
    private int brokerId = -1;
    private ConfigStore configs;
    private Storage storage;
    private Coordinators coordinators;
    private SessionTakeover session;
    private Office office;

    /** @param config of the file, checked */
    public BrokerServer(BrokerConfig config) throws StartFailure {
        this.config = config;
        Transport transport = NetworkSettings.transport(config);
        this.machinery = Machinery.ofThisMachine(Runtime.getRuntime().availableProcessors() + 2, DISK_THREADS);
        this.listeners = new Listeners(ListenerConfig.of(config));
        this.network = new NetworkServer(
                NetworkSettings.of(config),
                transport,
                new RequestDispatcher(registry, metrics, machinery.faults()),
                metrics,
                machinery.clock(),
                machinery.diskIo(),
                machinery.faults());
        this.cluster = new ClusterConnection(
                config, machinery.disk(), machinery.work(), machinery.timers(), machinery.faults());
    }

    /** Returns when clients are served. After a failure only {@link #close} may be called. */
    public void start() throws StartFailure {
        listeners.bind(network);
        boolean adopts = config.get(BrokerKeys.BARNABAS_ADOPT);
        ClusterBase.Standing found = cluster.start();
        StoredIdentity identity = StoredIdentity.read(machinery.disk(), machinery.clock(), logDirectories());
        FoundData data = FoundData.in(machinery.disk(), logDirectories(), identity.clusterIds());
        String clusterId = cluster.enter(ClusterChoice.of(found, cluster.connectString(), data, adopts));
        brokerId = identity.settle(config, clusterId, adopts, cluster::generateBrokerId);
        MetadataCache metadata = new MetadataCache(clusterId);
        configs = new ConfigStore(
                brokerId,
                config,
                cluster.store(),
                machinery.clock(),
                machinery.mailbox("settings"),
                machinery.faults());
        storage = storage(metadata);
        configs.listen(new NewLimits());
        cluster.await(configs.start());
        storage.start();
        if (adopts) {
            adoption().run();
        } else {
            adoption().report();
        }
        identity.remember(brokerId, clusterId);
        session = sessionTakeover();
        session.run();
        office = office(metadata);
        registerApis(clusterId, metadata);
        office.join();
        new Readiness(brokerId, metadata, storage.replicas(), cluster.store(), machinery.timers()).await();
        network.accept();
        listeners.announce();
    }

    /** Stops serving, closes the logs and leaves the cluster; bounded, also when ZooKeeper has gone. */
    @Override
    public void close() {
        if (office != null) {
            office.leave();
        }
        network.disconnect();
        if (office != null) {
            office.close();
        }
        if (coordinators != null) {
            coordinators.close();
        }
        if (storage != null) {
            storage.close();
        }
        cluster.close();
        machinery.close();
        network.close();
        if (session != null) {
            session.forget();
        }
    }

    /** Waits until the broker cannot go on, and answers with the reason; one that is closed before that never can. */
    String awaitEnd() {
        return end.join();
    }

    public int brokerId() {
        return brokerId;
    }

    /** With the ports that they really have. */
    public List<Endpoint> boundListeners() {
        return listeners.bound();
    }

    public String zooKeeper() {
        return cluster.connectString();
    }

    public boolean isZooKeeperInside() {
        return cluster.isEmbedded();
    }

    public List<String> logDirs() {
        return config.logDirs();
    }

    private List<Path> logDirectories() {
        return config.logDirs().stream().map(Path::of).toList();
    }

    private Storage storage(MetadataCache metadata) {
        return new Storage(
                brokerId,
                machinery,
                configs,
                metadata,
                leaderships,
                () -> office.brokerEpoch(),
                this::topicsDeleted,
                () -> LogDirFailures.announce(cluster.store().session(), brokerId),
                end::complete);
    }

    private Adoption adoption() {
        List<Path> metadata = new ArrayList<>(logDirectories());
        if (config.isSet(BrokerKeys.METADATA_LOG_DIR)) {
            metadata.add(0, Path.of(config.get(BrokerKeys.METADATA_LOG_DIR)));
        }
        return new Adoption(
                brokerId,
                storage.logs(),
                machinery.disk(),
                new Adoption.Surroundings(
                        logDirectories(),
                        metadata,
                        settingsOfInternalTopics(),
                        new AdoptionWrites(cluster.store().session()),
                        cluster::await),
                machinery.random());
    }

    /** There is one replica only of what is adopted, so nobody waits for a second one. */
    private Map<String, Map<String, String>> settingsOfInternalTopics() {
        return Map.of(
                InternalTopics.OFFSETS,
                InternalTopics.offsets(config),
                InternalTopics.TRANSACTIONS,
                InternalTopics.transactions(config, 1));
    }

    private SessionTakeover sessionTakeover() {
        return new SessionTakeover(
                machinery.disk(),
                logDirectories().get(0).resolve(SESSION_FILE),
                // The one inside may listen elsewhere after a restart, and is the same all the same.
                cluster.isEmbedded() ? EMBEDDED : cluster.connectString(),
                cluster.store(),
                machinery.diskIo());
    }

    private Office office(MetadataCache metadata) {
        ControllerSettings settings = new ControllerSettings(
                brokerId,
                listeners.config().interBrokerListenerName(),
                config.get(BrokerKeys.DELETE_TOPIC_ENABLE),
                config.get(BrokerKeys.AUTO_LEADER_REBALANCE_ENABLE),
                1_000 * config.get(BrokerKeys.LEADER_IMBALANCE_CHECK_INTERVAL_SECONDS),
                config.get(BrokerKeys.LEADER_IMBALANCE_PER_BROKER_PERCENTAGE),
                topic -> configs.topic(topic).get(TopicKeys.UNCLEAN_LEADER_ELECTION_ENABLE),
                storage::topicId,
                machinery.random());
        return new Office(
                settings,
                machinery,
                cluster.store(),
                metadata,
                this::description,
                cluster.sessionTimeoutMs(),
                this::link,
                end::complete);
    }

    private BrokerZnode description() {
        return new BrokerZnode(
                AdvertisedEndpoints.of(listeners.config(), listeners.ports()),
                config.get(BrokerKeys.BROKER_RACK),
                Integer.getInteger("com.sun.management.jmxremote.port", -1),
                machinery.clock().nowMs());
    }

    private BrokerLink link(LiveBroker broker) {
        return broker.id() == brokerId ? storage.link() : new NoLink(broker);
    }

    private void registerApis(String clusterId, MetadataCache metadata) {
        BrokerAddresses addresses = new ReachedAddresses(brokerId, listeners.config(), metadata);
        TopicCommands topics =
                new TopicCommands(cluster.store(), metadata, configs::broker, machinery.timers(), machinery.random());
        FirstUse firstUse = new FirstUse(topics, metadata, configs::broker);
        coordinators = new Coordinators(
                brokerId,
                machinery,
                configs,
                metadata,
                firstUse,
                storage.replicas(),
                network.allocator(),
                this::allocateProducerIds);
        leaderships.tell(coordinators.groups(), coordinators.transactions());
        BrokerApis apis = new BrokerApis(registry, machinery, metadata, configs, addresses, metrics);
        apis.versions(new Identity(clusterId, brokerId), coordinators.feature());
        apis.metadata(firstUse);
        apis.admin(brokerId, topics, clones(topics), office::isController);
        apis.data(storage.replicas(), network.allocator(), coordinators.verifier());
        apis.logDirectories(storage.logs(), storage.replicas());
        apis.groups(coordinators, cluster.store());
        apis.transactions(coordinators, storage.replicas());
    }

    private TopicCloning clones(TopicCommands topics) {
        LogForks forks = new LogForks(brokerId, storage.logs(), storage.replicas(), configs::broker, machinery.clock());
        return new TopicClones(cluster.store(), topics, forks, machinery.diskIo(), machinery.random());
    }

    /** Called on the role mailbox. */
    private void topicsDeleted(List<TopicPartition> partitions) {
        Set<String> topics = partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet());
        coordinators.groups().topicsDeleted(topics);
        topics.forEach(metrics::forget);
    }

    /** Connections are limited by what the settings say now. */
    private final class NewLimits implements ConfigListener {
        @Override
        public void brokerChanged(BrokerConfig before, BrokerConfig now) {
            network.limit(NetworkSettings.connections(now));
        }
    }

    private CompletionStage<AllocateProducerIdsResponse> allocateProducerIds() {
        return office.controller()
                .allocateProducerIds(
                        new AllocateProducerIdsRequest().brokerId(brokerId).brokerEpoch(office.brokerEpoch()));
    }
}
