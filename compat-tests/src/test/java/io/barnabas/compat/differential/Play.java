package io.barnabas.compat.differential;

import io.barnabas.wire.ApiKey;
import io.barnabas.wire.ApiMessage;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.Uuid;
import io.barnabas.wire.message.CreateTopicsRequest;
import io.barnabas.wire.message.CreateTopicsResponse;
import io.barnabas.wire.message.FindCoordinatorRequest;
import io.barnabas.wire.message.FindCoordinatorResponse;
import io.barnabas.wire.message.HeartbeatRequest;
import io.barnabas.wire.message.HeartbeatResponse;
import io.barnabas.wire.message.ListOffsetsResponse;
import io.barnabas.wire.message.MetadataRequest;
import io.barnabas.wire.message.MetadataResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A scenario played against one broker, and everything that was said. Confined to the thread that plays; what depends on
 * the broker (member ids, topic ids, sessions) the scenario takes from earlier answers.
 */
final class Play implements AutoCloseable {
    static final int OFFSETS_PARTITIONS = 5;

    private static final short CREATE_TOPICS = 7;
    private static final short METADATA = 12;
    private static final short LIST_OFFSETS = 7;

    private final String address;
    private final List<Exchange> exchanges = new ArrayList<>();
    private final List<Connection> connections = new ArrayList<>();
    private final List<Object> names = new ArrayList<>();
    private final Map<String, String> only = new HashMap<>();
    private final TopicIds topicIds = new TopicIds();
    private Connection usual;

    Play(String address) {
        this.address = address;
    }

    List<Exchange> exchanges() {
        return exchanges;
    }

    int port() {
        return Integer.parseInt(address.substring(address.indexOf(':') + 1));
    }

    /** Asks on the usual connection, which is opened anew after the broker has closed it. */
    Answer ask(String what, int version, ApiMessage request) {
        return ask(what, version, request, version);
    }

    /** @param answerVersion what the answer is read with, when the broker cannot know the request's version */
    Answer ask(String what, int version, ApiMessage request, int answerVersion) {
        Exchange exchange = exchange(what, version, request);
        usual().send((short) version, request);
        Answer answer = usual.read(request.apiKey(), (short) answerVersion);
        exchange.answered(answer);
        if (answer.equals(Answer.SILENCE)) {
            throw new IllegalStateException("no answer to " + exchange.request());
        }
        if (!(answer instanceof Answer.Decoded)) {
            usual.close();
            usual = null;
        }
        return answer;
    }

    /** Asks until the answer is as it should be, for what takes effect a little later; only the last time is recorded. */
    <T extends ApiMessage> T until(
            String what, int version, ApiMessage request, Class<T> type, Predicate<T> isAsItShouldBe) {
        try {
            await(what, version, request, type, isAsItShouldBe);
        } catch (ConditionTimeoutException neverAsItShouldBe) {
            // The answer that is recorded shows what it is instead.
        }
        return ask(what, version, request).as(type);
    }

    /** Asks, unrecorded, until the answer is as it should be; fails when that does not come about. */
    <T extends ApiMessage> T await(
            String what, int version, ApiMessage request, Class<T> type, Predicate<T> isAsItShouldBe) {
        return Awaitility.await(what)
                .pollInSameThread()
                .pollDelay(0, TimeUnit.MILLISECONDS)
                .pollInterval(5, TimeUnit.MILLISECONDS)
                .atMost(10, TimeUnit.SECONDS)
                .until(() -> unrecorded(version, request).as(type), isAsItShouldBe);
    }

    /** Sends what must not be answered, and looks whether it is not. */
    void tell(String what, int version, ApiMessage request) {
        Exchange exchange = exchange(what, version, request);
        usual().send((short) version, request);
        Answer answer = usual.readNothing();
        exchange.answered(answer);
        if (!answer.equals(Answer.SILENCE)) {
            usual.close();
            usual = null;
        }
    }

    /** Sends on a connection of its own, because the answer may wait for what the others do. */
    Later begin(String what, int version, ApiMessage request) {
        Exchange exchange = exchange(what, version, request);
        Connection connection = connect();
        connection.send((short) version, request);
        return () -> {
            Answer answer = connection.read(request.apiKey(), (short) version);
            exchange.answered(answer);
            return answer;
        };
    }

    /** Sends bytes that are no request, on a connection of their own. */
    void raw(String what, Bytes bytes) {
        raw(what, bytes.toArray());
    }

    /** Sends bytes that are no request, on a connection of their own. */
    void raw(String what, byte[] bytes) {
        Exchange exchange = new Exchange(what, "bytes", (short) 0, null);
        exchanges.add(exchange);
        Connection connection = connect().impatient(2_000);
        connection.write(bytes);
        exchange.answered(connection.readAnything());
    }

    /** An answer that was asked for already. */
    interface Later {
        Answer answer();
    }

    /** Gives an id its number before those that answers show in no fixed order. */
    void name(Object id) {
        names.add(id);
    }

    List<Object> names() {
        return names;
    }

    /** Makes the topic of offsets, and waits until its coordinators work. */
    void coordinator() {
        FindCoordinatorRequest find = new FindCoordinatorRequest().key("any").keyType((byte) 0);
        await("coordinator", 3, find, FindCoordinatorResponse.class, answer -> answer.errorCode() == 0);
        awaitLeaders("__consumer_offsets", OFFSETS_PARTITIONS);
        for (int partition = 0; partition < OFFSETS_PARTITIONS; partition++) {
            HeartbeatRequest heartbeat = new HeartbeatRequest().groupId(String.valueOf((char) ('a' + partition)));
            await(
                    "coordinator " + partition,
                    4,
                    heartbeat,
                    HeartbeatResponse.class,
                    answer -> answer.errorCode() == ErrorCode.UNKNOWN_MEMBER_ID.code());
        }
    }

    /** Looks only at what is named like this, in lists of everything that there is. */
    void only(String field, String prefix) {
        only.put(field, prefix);
    }

    Map<String, String> only() {
        return only;
    }

    /** Makes a topic and waits until every partition has a leader; fails when that does not come about. */
    Uuid topic(String name, int partitions, String... configs) {
        CreateTopicsRequest.CreatableTopic topic = new CreateTopicsRequest.CreatableTopic()
                .name(name)
                .numPartitions(partitions)
                .replicationFactor((short) 1);
        for (int i = 0; i < configs.length; i += 2) {
            topic.configs()
                    .add(new CreateTopicsRequest.CreatableTopicConfig()
                            .name(configs[i])
                            .value(configs[i + 1]));
        }
        CreateTopicsResponse.CreatableTopicResult made = ask(
                        "create " + name,
                        CREATE_TOPICS,
                        new CreateTopicsRequest().timeoutMs(15_000).topics(List.of(topic)))
                .as(CreateTopicsResponse.class)
                .topics()
                .get(0);
        if (made.errorCode() != 0) {
            throw new IllegalStateException(name + ": " + ErrorCode.of(made.errorCode()) + " " + made.errorMessage());
        }
        awaitLeaders(name, partitions);
        topicIds.add(name, made.topicId());
        return made.topicId();
    }

    /** Asks, unrecorded, until the broker's metadata shows all leaders; answers with the topic's id. */
    Uuid awaitLeaders(String name, int partitions) {
        MetadataRequest request = new MetadataRequest()
                .allowAutoTopicCreation(false)
                .topics(List.of(new MetadataRequest.MetadataRequestTopic().name(name)));
        MetadataResponse metadata = await("leaders of " + name, METADATA, request, MetadataResponse.class, answer -> {
            List<MetadataResponse.MetadataResponsePartition> all =
                    answer.topics().get(0).partitions();
            return all.size() == partitions && all.stream().allMatch(one -> one.errorCode() == 0);
        });
        for (int partition = 0; partition < partitions; partition++) {
            // With KRaft the broker may know of its leadership later than the metadata do.
            await(
                    name + "-" + partition + " to be led",
                    LIST_OFFSETS,
                    DataRequests.listOffsets(name, partition, -1),
                    ListOffsetsResponse.class,
                    answer -> answer.topics().get(0).partitions().get(0).errorCode() == 0);
        }
        return metadata.topics().get(0).topicId();
    }

    private Answer unrecorded(int version, ApiMessage request) {
        usual().send((short) version, request);
        return usual.read(request.apiKey(), (short) version);
    }

    @Override
    public void close() {
        connections.forEach(Connection::close);
    }

    private Exchange exchange(String what, int version, ApiMessage request) {
        topicIds.fill(request);
        ApiKey key = request.apiKey();
        Exchange exchange = new Exchange(what, key.name(), (short) version, request);
        exchanges.add(exchange);
        return exchange;
    }

    private Connection usual() {
        if (usual == null) {
            usual = connect();
        }
        return usual;
    }

    private Connection connect() {
        Connection connection = new Connection(address);
        connections.add(connection);
        return connection;
    }
}
