package io.barnabas.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.barnabas.log.file.Fsync;
import io.barnabas.runtime.Disk;
import io.barnabas.testkit.Acceptance;
import io.barnabas.testkit.DelegatingDisk;
import io.barnabas.testkit.FaultyDisk;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FsyncTest {
    @TempDir
    Path root;

    /** The system call reports lack of space late, at the fsync, and once. */
    private static final class FullAtFsync extends DelegatingDisk {
        private FullAtFsync() {
            super(Disk.local());
        }

        @Override
        public void fsyncDirectory(Path directory) throws IOException {
            throw new IOException("No space left on device");
        }
    }

    @Test
    @Acceptance(107)
    void takesTheDirectoryOfflineAlsoWhereTheReasonIsAFullDisk() throws IOException {
        LogFixture fixture = new LogFixture(new FullAtFsync(), root, LogConfig.defaults());
        fixture.openNew();
        fixture.appended(TestBatches.batch(1, "in doubt"));
        assertThatThrownBy(() -> fixture.log.flush())
                .isInstanceOf(Fsync.FailedException.class)
                .hasMessageContaining("No space left");
        assertThat(fixture.log.flushedOffset()).isZero();
        fixture.log.tasks().attempt("flushing", () -> fixture.log.flush());
        assertThat(fixture.failures.all).containsExactly(fixture.home);
        assertThat(fixture.append(TestBatches.batch(1, "late"))).isInstanceOf(AppendOutcome.Rejected.class);
    }

    @Test
    void aFailedWriteForLackOfSpaceDoesNot() throws IOException {
        FaultyDisk disk = new FaultyDisk(Disk.local());
        LogFixture fixture = new LogFixture(disk, root, LogConfig.defaults());
        fixture.openNew();
        disk.fillUp();
        assertThat(fixture.append(TestBatches.batch(1, "no room"))).isInstanceOf(AppendOutcome.Rejected.class);
        assertThat(fixture.failures.all).isEmpty();
    }
}
