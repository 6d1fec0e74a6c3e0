package io.barnabas.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Connections that are open, and that ask about one topic, each in its turn, some at a time. Used by one thread. */
public final class Crowd implements AutoCloseable {
    private static final int UNDER_WAY = 8;

    private final List<Lane> members = new ArrayList<>();

    private record Asked(Lane lane, long sentNs) {}

    private Crowd() {}

    public static Crowd open(InetSocketAddress broker, int connections, Topic topic) throws IOException {
        Crowd crowd = new Crowd();
        try {
            for (int i = 0; i < connections; i++) {
                RawConnection connection = RawConnection.open(broker);
                crowd.members.add(new Lane(connection, new MetadataReplay(connection, topic)));
            }
            return crowd;
        } catch (IOException | RuntimeException failure) {
            crowd.close();
            throw failure;
        }
    }

    public LoadResult ask(Limit limit) throws IOException {
        Histogram latency = LoadResult.histogram();
        Deque<Asked> underWay = new ArrayDeque<>();
        long begin = System.nanoTime();
        long requests = 0;
        for (int next = 0; System.nanoTime() - begin < limit.nanoseconds(); next = (next + 1) % members.size()) {
            Lane lane = members.get(next);
            underWay.add(new Asked(lane, System.nanoTime()));
            lane.connection().send(lane.replay().next());
            if (underWay.size() == Math.min(UNDER_WAY, members.size())) {
                take(underWay.remove(), latency);
                requests++;
            }
        }
        while (!underWay.isEmpty()) {
            take(underWay.remove(), latency);
            requests++;
        }
        return new LoadResult(requests, 0, (System.nanoTime() - begin) / 1e9, latency);
    }

    private static void take(Asked asked, Histogram latency) throws IOException {
        asked.lane().connection().receiveHead();
        asked.lane().replay().take(asked.lane().connection());
        LoadResult.record(latency, System.nanoTime() - asked.sentNs());
    }

    @Override
    public void close() throws IOException {
        for (Lane member : members) {
            member.connection().close();
        }
    }
}
