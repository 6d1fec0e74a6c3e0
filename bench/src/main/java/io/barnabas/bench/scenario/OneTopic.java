package io.barnabas.bench.scenario;

import io.barnabas.bench.broker.Contender;
import io.barnabas.bench.load.Lane;
import io.barnabas.bench.load.RawConnection;
import io.barnabas.bench.load.Replay;
import io.barnabas.bench.load.Topic;
import io.barnabas.bench.scenario.LoadScenario.Turn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The base of turns that use one topic, which is made for them and deleted after them. Closes its connections. */
abstract class OneTopic implements Turn {
    private static final String NAME = "bench-";
    private static int made;

    private final Contender broker;
    private final List<RawConnection> connections = new ArrayList<>();
    private final Topic topic;

    OneTopic(Contender broker, int partitions) throws IOException, InterruptedException {
        this(broker, partitions, Map.of());
    }

    OneTopic(Contender broker, int partitions, Map<String, String> settings) throws IOException, InterruptedException {
        this.broker = broker;
        this.topic = Topic.create(connect(), NAME + made++, partitions, settings);
    }

    final Topic topic() {
        return topic;
    }

    final RawConnection connect() throws IOException {
        RawConnection connection = RawConnection.open(broker.address());
        connections.add(connection);
        return connection;
    }

    /** A connection of its own for what is asked. */
    final Lane lane(Asking asking) throws IOException, InterruptedException {
        RawConnection connection = connect();
        return new Lane(connection, asking.on(connection));
    }

    /** Makes what is asked on a connection. */
    @FunctionalInterface
    interface Asking {
        Replay on(RawConnection connection) throws IOException, InterruptedException;
    }

    @Override
    public void close() throws IOException {
        topic.delete(connections.get(0));
        for (RawConnection connection : connections) {
            connection.close();
        }
    }
}
