package io.barnabas.cluster.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Set;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ZooKeeper's MBeans are there for those who can look at them, and threads for those who need them. */
class LeanServerTest {
    private static final String REMOTE_MANAGEMENT = "com.sun.management.jmxremote";

    @TempDir
    Path directory;

    @AfterEach
    void forget() {
        System.clearProperty(REMOTE_MANAGEMENT);
    }

    @Test
    void showsItsBeansOnlyWhereManagementIsOn() throws IOException, MalformedObjectNameException {
        assertThat(beansOfARunningServer("plain")).isEmpty();
        System.setProperty(REMOTE_MANAGEMENT, "true");
        assertThat(beansOfARunningServer("managed")).isNotEmpty();
    }

    @Test
    void keepsNoThreadThatOnlyPassesRequestsOn() throws IOException {
        try (EmbeddedZooKeeper server = server("threads")) {
            server.start();
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .anyMatch(name -> name.startsWith("SyncThread"))
                    .noneMatch(name -> name.startsWith("ProcessThread"));
        }
    }

    private Set<ObjectName> beansOfARunningServer(String data) throws IOException, MalformedObjectNameException {
        try (EmbeddedZooKeeper server = server(data)) {
            server.start();
            return ManagementFactory.getPlatformMBeanServer()
                    .queryNames(new ObjectName("org.apache.ZooKeeperService:*"), null);
        }
    }

    private EmbeddedZooKeeper server(String data) {
        var settings = new EmbeddedZooKeeper.Settings(
                directory.resolve(data), InetAddress.getLoopbackAddress(), 0, false, 2_000, 0);
        return new EmbeddedZooKeeper(settings, (where, cause) -> {
            throw new AssertionError(where, cause);
        });
    }
}
