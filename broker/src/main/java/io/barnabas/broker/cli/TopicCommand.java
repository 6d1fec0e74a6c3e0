package io.barnabas.broker.cli;

import io.barnabas.requests.admin.CloneWish;
import io.barnabas.runtime.Clock;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.CreateTopicsRequest;
import io.barnabas.wire.message.CreateTopicsRequest.CreatableTopic;
import io.barnabas.wire.message.CreateTopicsRequest.CreatableTopicConfig;
import io.barnabas.wire.message.CreateTopicsResponse;
import io.barnabas.wire.message.CreateTopicsResponse.CreatableTopicResult;
import io.barnabas.wire.message.MetadataRequest;
import io.barnabas.wire.message.MetadataResponse;
import io.barnabas.wire.message.MetadataResponse.MetadataResponseBroker;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code topic clone}: has a running broker fork a topic, which is a CreateTopics with settings of our own. Runs on the
 * main thread; returns the status the process ends with: 0, 1 when it was refused, 2 when the arguments make no sense.
 */
public final class TopicCommand {
    static final String USAGE = """
            Usage: ./barnabas topic clone <source> <target> [options]
            Makes a topic that begins with the records of another one, by second names for its files: no time, no space.
              --at-offset <offset>             with the records before that offset, in every partition
              --at-time <time>                 with the records before the first one as young as that
              --bootstrap-server <host:port>   default: localhost:9092
            """;

    private static final int REFUSED = 1;
    private static final int MISUSED = 2;
    private static final int TIMEOUT_MS = 60_000;
    private static final int METADATA_VERSION = 1;
    private static final int CREATE_TOPICS_VERSION = 5;

    private final Clock clock;
    private final PrintStream out;
    private final PrintStream err;

    TopicCommand(Clock clock, PrintStream out, PrintStream err) {
        this.clock = clock;
        this.out = out;
        this.err = err;
    }

    /** On the console. */
    public static int execute(String[] arguments) {
        return new TopicCommand(Clock.system(), System.out, System.err).run(arguments);
    }

    int run(String... arguments) {
        CloneRequest request = CloneRequest.parse(arguments);
        if (request.help()) {
            out.print(USAGE);
            return 0;
        } else if (request.refusal() != null) {
            err.println(request.refusal());
            err.print(USAGE);
            return MISUSED;
        }
        try {
            return clone(request);
        } catch (IOException failure) {
            err.println("Not cloned: " + failure.getMessage());
            return REFUSED;
        }
    }

    private int clone(CloneRequest request) throws IOException {
        long begunMs = clock.nowMs();
        try (ToolConnection controller = controller(request)) {
            CreateTopicsResponse answer = (CreateTopicsResponse) controller.ask(wish(request), CREATE_TOPICS_VERSION);
            CreatableTopicResult result = answer.topics().get(0);
            if (result.errorCode() != ErrorCode.NONE.code()) {
                ErrorCode error = ErrorCode.of(result.errorCode());
                err.println("Not cloned: "
                        + (result.errorMessage() == null ? error.defaultMessage() : result.errorMessage()));
                return REFUSED;
            }
            out.println("Cloned " + request.source() + " as " + request.target() + ", partitions: "
                    + result.numPartitions() + ", in " + (clock.nowMs() - begunMs) + " ms");
            return 0;
        }
    }

    private ToolConnection controller(CloneRequest request) throws IOException {
        String host = request.broker().getHostString();
        int port = request.broker().getPort();
        ToolConnection any = new ToolConnection(host, port, TIMEOUT_MS);
        MetadataResponse metadata =
                (MetadataResponse) any.ask(new MetadataRequest().topics(List.of()), METADATA_VERSION);
        for (MetadataResponseBroker broker : metadata.brokers()) {
            boolean isThis = broker.host().equals(host) && broker.port() == port;
            if (broker.nodeId() == metadata.controllerId() && !isThis) {
                any.close();
                return new ToolConnection(broker.host(), broker.port(), TIMEOUT_MS);
            }
        }
        return any;
    }

    private static CreateTopicsRequest wish(CloneRequest request) {
        List<CreatableTopicConfig> configs = new ArrayList<>();
        configs.add(new CreatableTopicConfig().name(CloneWish.SOURCE).value(request.source()));
        if (request.offset() != null) {
            configs.add(new CreatableTopicConfig()
                    .name(CloneWish.OFFSET)
                    .value(request.offset().toString()));
        }
        if (request.timestampMs() != null) {
            configs.add(new CreatableTopicConfig()
                    .name(CloneWish.TIMESTAMP)
                    .value(request.timestampMs().toString()));
        }
        CreatableTopic topic = new CreatableTopic()
                .name(request.target())
                .numPartitions(-1)
                .replicationFactor((short) -1)
                .configs(configs);
        return new CreateTopicsRequest().topics(List.of(topic)).timeoutMs(TIMEOUT_MS);
    }
}
