package io.barnabas.log.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.log.file.LogFiles;
import io.barnabas.runtime.Disk;
import io.barnabas.testkit.DelegatingFileChannel;
import io.barnabas.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;

/**
 * A simulation that finds nothing has to show that it would: faults planted between the log module and the disk, each of
 * which does what a mistake in the module would do.
 */
class PlantedFaultsTest {
    private static final int RUNS = 60;
    private static final int ONE_CHANGE_IN = 10;

    private static Violation firstFound(CrashRun.Layer fault) {
        for (long seed = 0; seed < RUNS; seed++) {
            try {
                new CrashRun(seed, ONE_CHANGE_IN, fault).run();
            } catch (Violation found) {
                return found;
            }
        }
        return null;
    }

    private static boolean isLog(Path file) {
        return LogFiles.hasSuffix(file, LogFiles.LOG);
    }

    @Test
    void findsAnFsyncThatIsSkippedBeforeARename() {
        Violation found = firstFound(disk -> new PlantedDisk(disk) {
            @Override
            FileChannel planted(Path file, FileChannel opened) {
                // Output of a compaction, and checkpoints that are about to replace their elders.
                boolean toBeRenamed = LogFiles.hasSuffix(file, LogFiles.CLEANED) || LogFiles.hasSuffix(file, ".tmp");
                return toBeRenamed ? withoutFsync(opened) : opened;
            }
        });
        assertThat(found).isNotNull();
    }

    @Test
    void findsAnFsyncOfADirectoryThatIsSkippedAfterACreation() {
        assertThat(firstFound(disk -> new PlantedDisk(disk) {
                    @Override
                    public void fsyncDirectory(Path directory) {}
                }))
                .isNotNull();
    }

    @Test
    void findsAnFsyncOfRecordsThatIsSkipped() {
        assertThat(firstFound(disk -> new PlantedDisk(disk) {
                    @Override
                    FileChannel planted(Path file, FileChannel opened) {
                        return isLog(file) ? withoutFsync(opened) : opened;
                    }
                }))
                .isNotNull();
    }

    private static FileChannel withoutFsync(FileChannel file) {
        return new DelegatingFileChannel(file) {
            @Override
            public void force(boolean metaData) {}
        };
    }

    /** Before each start the disk says that the last stop was a clean one, so that nothing is checked or rebuilt. */
    @Test
    void findsAnIndexThatIsTrustedAfterACrash() {
        assertThat(firstFound(PlantedFaultsTest::alwaysClean)).isNotNull();
    }

    private static Disk alwaysClean(SimulatedDisk disk) {
        Path marker = Life.DIRECTORY.resolve(".kafka_cleanshutdown");
        try (FileChannel file = disk.open(marker, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            return disk;
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Log files that cannot be cut and always grow at their end, as if they were open for appending. */
    @Test
    void findsAnAppendBehindATornBatch() {
        assertThat(firstFound(disk -> new PlantedDisk(disk) {
                    @Override
                    FileChannel planted(Path file, FileChannel opened) {
                        return isLog(file) ? appending(opened) : opened;
                    }
                }))
                .isNotNull();
    }

    private static FileChannel appending(FileChannel file) {
        return new DelegatingFileChannel(file) {
            @Override
            public int write(ByteBuffer source, long position) throws IOException {
                return file.write(source, file.size());
            }

            @Override
            public FileChannel truncate(long size) {
                return this;
            }
        };
    }

    @Test
    void findsNothingWhereNothingIsPlanted() {
        assertThat(firstFound(PlantedDisk::new)).isNull();
    }
}
