package io.barnabas.simulation;

import io.barnabas.testkit.SimulatedTime;
import io.barnabas.wire.ApiMessage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The way from a client to the broker and back: messages get lost, come twice, come late and overtake each other.
 * While the client waits that is all one connection, so that a message which it has given up on does not arrive any
 * more; unless it is one of those that may still lie in a queue somewhere, and arrive much later.
 */
final class Connection {
    private static final int PATIENCE_MS = 300;
    private static final int USUAL_DELAY_MS = 12;
    private static final int LATE_MS = 1_000;
    private static final int VERY_LATE_MS = 15_000;
    private static final int PERCENT = 100;

    private final SimulatedTime time;
    private final RandomGenerator random;
    private final Supplier<SimulatedBroker> broker;
    private int troublePercent;

    /**
     * @param broker null while there is none
     * @param troublePercent how likely each kind of trouble is
     */
    Connection(SimulatedTime time, RandomGenerator random, Supplier<SimulatedBroker> broker, int troublePercent) {
        this.time = time;
        this.random = random;
        this.broker = broker;
        this.troublePercent = troublePercent;
    }

    /** From here on every message arrives once. */
    void heal() {
        troublePercent = 0;
    }

    /** Whether messages may come long after their time. */
    enum Lateness {
        NEVER,
        POSSIBLE
    }

    /** @param then gets the answer; null when none came in time */
    void send(int version, ApiMessage request, Lateness lateness, Consumer<ApiMessage> then) {
        Sending sending = new Sending(version, request, then);
        if (!happens()) {
            time.schedule(random.nextInt(USUAL_DELAY_MS), sending::arrives);
        }
        if (happens()) {
            time.schedule(random.nextInt(2 * USUAL_DELAY_MS), sending::arrives);
        }
        if (lateness == Lateness.POSSIBLE && happens()) {
            time.schedule(random.nextInt(random.nextBoolean() ? LATE_MS : VERY_LATE_MS), sending::arrivesLate);
        }
        time.schedule(PATIENCE_MS, () -> sending.end(null));
    }

    private boolean happens() {
        return troublePercent > 0 && random.nextInt(PERCENT) < troublePercent;
    }

    private final class Sending {
        private final int version;
        private final ApiMessage request;
        private final Consumer<ApiMessage> then;
        private boolean ended;

        private Sending(int version, ApiMessage request, Consumer<ApiMessage> then) {
            this.version = version;
            this.request = request;
            this.then = then;
        }

        private void arrives() {
            if (!ended) {
                arrivesLate();
            }
        }

        private void arrivesLate() {
            SimulatedBroker now = broker.get();
            if (now != null) {
                now.receive(version, request, this::answered);
            }
        }

        private void answered(ApiMessage response) {
            if (!happens()) {
                time.schedule(random.nextInt(USUAL_DELAY_MS), () -> end(response));
            }
        }

        private void end(ApiMessage response) {
            if (!ended) {
                ended = true;
                then.accept(response);
            }
        }
    }
}
