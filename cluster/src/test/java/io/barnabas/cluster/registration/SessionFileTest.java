package io.barnabas.cluster.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.cluster.store.SessionTicket;
import io.barnabas.runtime.Disk;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionFileTest {
    @TempDir
    Path directory;

    private SessionFile file(String connect) {
        return new SessionFile(Disk.local(), directory.resolve("zookeeper").resolve("session"), connect);
    }

    @Test
    void readsBackTheNewestTicket() throws Exception {
        SessionFile file = file("h:2181");
        assertThat(file.read()).isEmpty();
        file.write(new SessionTicket(7, new byte[] {1}));
        file.write(new SessionTicket(0xF000_0000_0000_0001L, new byte[] {1, 2, 3}));
        SessionTicket read = file.read().orElseThrow();
        assertThat(read.sessionId()).isEqualTo(0xF000_0000_0000_0001L);
        assertThat(read.password()).containsExactly(1, 2, 3);
    }

    @Test
    void passesOverTicketsOfAnotherZooKeeperAndDamagedOnes() throws Exception {
        file("h:2181").write(new SessionTicket(7, new byte[] {1}));
        assertThat(file("other:2181").read()).isEmpty();
        Files.writeString(directory.resolve("zookeeper").resolve("session"), "h:2181\nnonsense\n!!\n");
        assertThat(file("h:2181").read()).isEmpty();
    }
}
