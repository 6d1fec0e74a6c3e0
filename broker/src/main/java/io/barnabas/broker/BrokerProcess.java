package io.barnabas.broker;

import io.barnabas.broker.cli.BrokerLauncher;
import io.barnabas.broker.cli.StartBanner;
import io.barnabas.broker.cli.Version;
import io.barnabas.broker.net.NetworkMemory;
import io.barnabas.config.BrokerConfig;
import io.barnabas.runtime.ThreadPools;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A broker as a process: starts it, says so in the words that other programs wait for, and stops it when the process is
 * asked to end. Runs on the main thread.
 */
final class BrokerProcess implements BrokerLauncher {
    /** Programs that start brokers look for these names and texts in the log. */
    private static final Logger KAFKA_SERVER = LoggerFactory.getLogger("kafka.server.KafkaServer");

    private static final Logger BROKER_STATE = LoggerFactory.getLogger("kafka.server.BrokerLifecycleManager");
    private static final Logger LOG = LoggerFactory.getLogger("kafka.Kafka$");
    private static final int FAILED = 1;
    /** Within this a stop ends even when something hangs; whoever asked for it would kill the process some day. */
    private static final long STOP_WAIT_MS = 30_000;

    @Override
    public int launch(BrokerConfig config) {
        Optional<BrokerServer> started = start(config);
        if (started.isEmpty()) {
            return FAILED;
        }
        BrokerServer server = started.get();
        // Not before: a process that is told to end while it starts has nothing yet that needs a clean end.
        Runtime.getRuntime()
                .addShutdownHook(ThreadPools.factory("barnabas-stop").newThread(() -> stop(server)));
        announce(server);
        LOG.error("The broker cannot go on: {}", server.awaitEnd());
        return FAILED;
    }

    private static Optional<BrokerServer> start(BrokerConfig config) {
        NetworkMemory.stopLookingForLeaks();
        BrokerServer server = null;
        try {
            server = new BrokerServer(config);
            server.start();
            return Optional.of(server);
        } catch (StartFailure failure) {
            failure.reasons().forEach(reason -> LOG.error("Exiting Kafka due to fatal exception: {}", reason));
        } catch (RuntimeException fault) {
            LOG.error("Exiting Kafka due to fatal exception during startup.", fault);
        }
        if (server != null) {
            server.close();
        }
        return Optional.empty();
    }

    private static void announce(BrokerServer server) {
        BROKER_STATE.info(
                "[BrokerLifecycleManager id={}] The broker has caught up. Transitioning from RECOVERY to RUNNING.",
                server.brokerId());
        KAFKA_SERVER.info("[KafkaServer id={}] started", server.brokerId());
        System.out.println(new StartBanner(
                        Version.current(),
                        ManagementFactory.getRuntimeMXBean().getUptime(),
                        server.boundListeners(),
                        server.zooKeeper(),
                        server.isZooKeeperInside(),
                        server.logDirs())
                .text());
    }

    private static void stop(BrokerServer server) {
        KAFKA_SERVER.info("[KafkaServer id={}] shutting down", server.brokerId());
        CountDownLatch closed = new CountDownLatch(1);
        ThreadPools.factory("barnabas-close")
                .newThread(() -> {
                    server.close();
                    closed.countDown();
                })
                .start();
        if (awaited(closed)) {
            KAFKA_SERVER.info("[KafkaServer id={}] shut down completed", server.brokerId());
        } else {
            LOG.error("Stopping takes longer than {} ms; the next start recovers what was left open", STOP_WAIT_MS);
        }
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(STOP_WAIT_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
