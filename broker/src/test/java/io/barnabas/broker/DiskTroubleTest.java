package io.barnabas.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class DiskTroubleTest {
    @Test
    void saysInWordsWhatTheJdkNamesByItsClassOnly() {
        assertThat(DiskTrouble.describe(new AccessDeniedException("/a"))).isEqualTo("no permission for /a");
        assertThat(DiskTrouble.describe(new NoSuchFileException("/a")))
                .contains("/a")
                .contains("does not exist");
        assertThat(DiskTrouble.describe(new FileAlreadyExistsException("/a"))).contains("/a is a file");
        assertThat(DiskTrouble.describe(new FileSystemException("/a", null, "No space left on device")))
                .isEqualTo("/a: No space left on device");
        assertThat(DiskTrouble.describe(new IOException("something else"))).isEqualTo("something else");
    }
}
