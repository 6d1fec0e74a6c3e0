package io.barnabas.requests.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.cluster.BrokerImage;
import io.barnabas.cluster.configs.ConfigStore;
import io.barnabas.cluster.controller.SimulatedBroker;
import io.barnabas.cluster.controller.SimulatedCluster;
import io.barnabas.cluster.topics.TopicCommands;
import io.barnabas.cluster.topics.TopicOutcome;
import io.barnabas.cluster.znodes.BrokerEndpoint;
import io.barnabas.config.BrokerConfig;
import io.barnabas.requests.ApiRegistry;
import io.barnabas.requests.Authorizer;
import io.barnabas.requests.ClientConnection;
import io.barnabas.requests.DecodedAnswer;
import io.barnabas.requests.Frames;
import io.barnabas.requests.Metrics;
import io.barnabas.requests.Quotas;
import io.barnabas.requests.RequestContext;
import io.barnabas.requests.RequestDispatcher;
import io.barnabas.requests.metadata.FirstUse;
import io.barnabas.requests.metadata.MetadataApis;
import io.barnabas.requests.metadata.MetadataPorts;
import io.barnabas.testkit.Seeds;
import io.barnabas.wire.ApiMessage;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.CreateTopicsRequest;
import io.barnabas.wire.message.CreateTopicsRequest.CreatableTopic;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The APIs for administrators and about metadata on broker 1 of a simulated cluster; everything goes through bytes. */
public final class AdminBed {
    public final SimulatedCluster cluster = new SimulatedCluster();
    public final SimulatedBroker broker = cluster.start(1);
    /** Names of resources that the caller may do nothing with; any name at all forbids the cluster, too. */
    public final Set<String> forbidden = new HashSet<>();
    /** The listener by which the caller comes. */
    public String listener = "PLAINTEXT";

    public final ConfigStore configs;
    public final FirstUse firstUse;
    public boolean isController = true;
    /** What was asked of the logs, which are not here. */
    public final List<CloneWish> clones = new ArrayList<>();

    private final RequestDispatcher dispatcher;

    public AdminBed() {
        this(Map.of());
    }

    public AdminBed(Map<String, String> file) {
        configs = new ConfigStore(
                1,
                BrokerConfig.of(file),
                broker.store(),
                cluster.time(),
                task -> cluster.time().schedule(0, task),
                cluster.faults());
        cluster.await(configs.start());
        TopicCommands commands =
                new TopicCommands(broker.store(), broker.metadata(), configs::broker, cluster.time(), Seeds.random(1));
        firstUse = new FirstUse(commands, broker.metadata(), configs::broker);
        Authorizer authorizer =
                (context, operation, type, name) -> !forbidden.contains(name) && !forbidden.contains(type.name());
        ApiRegistry registry = new ApiRegistry();
        AdminApis.register(
                registry,
                new AdminPorts(
                        1,
                        commands,
                        (wish, timeoutMs, only) -> {
                            clones.add(wish);
                            return CompletableFuture.completedFuture(
                                    TopicOutcome.refused(wish.target(), ErrorCode.KAFKA_STORAGE_ERROR, "no logs here"));
                        },
                        configs,
                        broker.metadata(),
                        () -> isController,
                        authorizer,
                        Quotas.none(),
                        Metrics.none()));
        MetadataApis.register(
                registry,
                new MetadataPorts(
                        broker.metadata(), this::address, firstUse, configs::broker, authorizer, Metrics.none()));
        dispatcher = new RequestDispatcher(registry, Metrics.none(), cluster.faults());
    }

    /** Broker 1 is named as the caller reached it, others as they are registered. */
    private BrokerEndpoint address(RequestContext context, int id) {
        BrokerImage image = broker.metadata().current().brokers().get(id);
        BrokerEndpoint endpoint = image == null ? null : image.endpoint(context.listenerName());
        return endpoint == null || id != 1
                ? endpoint
                : new BrokerEndpoint(
                        endpoint.listener(), context.reachedHost(), context.reachedPort(), endpoint.securityProtocol());
    }

    public <R extends ApiMessage> R call(int version, ApiMessage request) {
        CompletableFuture<R> answer = new CompletableFuture<>();
        ClientConnection connection = new ClientConnection(
                "c",
                listener,
                InetAddress.getLoopbackAddress(),
                4711,
                InetAddress.getLoopbackAddress(),
                9092,
                Runnable::run);
        dispatcher.dispatch(connection, Frames.request(1, "me", version, request), new DecodedAnswer<>(answer));
        R decoded = cluster.await(answer);
        assertThat(cluster.faults().faults()).isEmpty();
        return decoded;
    }

    /** Partitions and a replica each, made by the API. */
    public void createTopic(String name, int partitions) {
        call(
                7,
                new CreateTopicsRequest()
                        .timeoutMs(30_000)
                        .topics(List.of(new CreatableTopic()
                                .name(name)
                                .numPartitions(partitions)
                                .replicationFactor((short) 1))));
        assertThat(broker.metadata().current().topic(name).partitions()).hasSize(partitions);
    }
}
