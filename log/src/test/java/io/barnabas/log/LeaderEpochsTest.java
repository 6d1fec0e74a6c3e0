package io.barnabas.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.log.LeaderEpochs.EndOffset;
import io.barnabas.log.LeaderEpochs.Entry;
import io.barnabas.runtime.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaderEpochsTest {
    @TempDir
    Path directory;

    private LeaderEpochs epochs;

    @BeforeEach
    void open() throws IOException {
        epochs = LeaderEpochs.open(Disk.local(), directory);
    }

    @Test
    void beginsWithAnEmptyFile() throws IOException {
        assertThat(directory.resolve("leader-epoch-checkpoint")).hasSize(0);
        assertThat(epochs.latestEpoch()).isEqualTo(LeaderEpochs.NO_EPOCH);
        assertThat(epochs.endOffsetOf(0, 5)).isEqualTo(new EndOffset(-1, -1));
    }

    @Test
    void writesTheFileAsApacheDoes() throws IOException {
        epochs.assign(0, 0);
        epochs.persist();
        assertThat(Files.readString(directory.resolve("leader-epoch-checkpoint")))
                .isEqualTo("0\n1\n0 0\n");
        assertThat(LeaderEpochs.open(Disk.local(), directory).entries()).containsExactly(new Entry(0, 0));
    }

    @Test
    void writesAnEpochOnceItHasRecords() throws IOException {
        epochs.assign(0, 0);
        epochs.persist();
        epochs.begin(1, 5);
        assertThat(epochs.latestEpoch()).isEqualTo(1);
        assertThat(epochs.needsPersisting()).isFalse();
        epochs.assign(1, 5);
        assertThat(epochs.needsPersisting()).isTrue();
        epochs.persist();
        assertThat(LeaderEpochs.open(Disk.local(), directory).entries())
                .containsExactly(new Entry(0, 0), new Entry(1, 5));
    }

    @Test
    void showsTheFirstEpochOfANewLogAndMakesItDurableWithItsRecords() throws IOException {
        CountingDisk disk = new CountingDisk();
        epochs = LeaderEpochs.open(disk, directory);
        epochs.begin(0, 0);
        epochs.show();
        assertThat(directory.resolve("leader-epoch-checkpoint")).hasContent("0\n1\n0 0\n");
        epochs.assign(0, 0);
        assertThat(epochs.needsPersisting()).isFalse();
        assertThat(disk.directoriesSynced()).isZero();
        epochs.makeDurable();
        epochs.makeDurable();
        assertThat(disk.directoriesSynced()).isEqualTo(1);
    }

    @Test
    void writesNothingWhenTheFileShowsTheEpochAlready() throws IOException {
        epochs.begin(0, 0);
        epochs.show();
        CountingDisk disk = new CountingDisk();
        epochs = LeaderEpochs.open(disk, directory);
        epochs.forgetEmpty(0);
        assertThat(epochs.entries()).isEmpty();
        disk.reset();
        epochs.begin(0, 0);
        epochs.show();
        assertThat(disk.opened()).isZero();
        epochs.assign(0, 0);
        // Nobody has ever made it durable.
        epochs.makeDurable();
        assertThat(disk.directoriesSynced()).isEqualTo(1);
    }

    @Test
    void writesAnEpochThatGotRecordsBeforeItWasShown() throws IOException {
        epochs.begin(0, 0);
        epochs.assign(0, 0);
        epochs.show();
        assertThat(epochs.needsPersisting()).isTrue();
        epochs.persist();
        assertThat(directory.resolve("leader-epoch-checkpoint")).hasContent("0\n1\n0 0\n");
    }

    @Test
    void writesWhatAnEarlierEpochTakesAway() {
        epochs.assign(0, 0);
        epochs.assign(3, 5);
        epochs.begin(2, 9);
        assertThat(epochs.entries()).containsExactly(new Entry(0, 0), new Entry(2, 9));
        assertThat(epochs.needsPersisting()).isTrue();
    }

    @Test
    void forgetsAtTheStartWhatHasNoRecords() throws IOException {
        epochs.assign(0, 0);
        epochs.assign(4, 7);
        epochs.persist();
        epochs = LeaderEpochs.open(Disk.local(), directory);
        epochs.forgetEmpty(7);
        assertThat(epochs.entries()).containsExactly(new Entry(0, 0));
        assertThat(epochs.needsPersisting()).isFalse();
    }

    @Test
    void keepsOnlyTheNewestOfEpochsThatGotNoData() {
        for (int epoch = 0; epoch <= 8; epoch++) {
            epochs.assign(epoch, 0);
        }
        assertThat(epochs.entries()).containsExactly(new Entry(8, 0));
    }

    @Test
    void movesTheEntryOfTheFirstOffsetWithTheLogStart() {
        epochs.assign(0, 0);
        epochs.assign(2, 30);
        epochs.truncateFromStart(23);
        assertThat(epochs.entries()).containsExactly(new Entry(0, 23), new Entry(2, 30));
        epochs.truncateFromStart(30);
        assertThat(epochs.entries()).containsExactly(new Entry(2, 30));
    }

    @Test
    void saysWhereAnEpochEnded() {
        epochs.assign(1, 10);
        epochs.assign(3, 20);
        epochs.assign(5, 30);
        assertThat(epochs.endOffsetOf(0, 40)).isEqualTo(new EndOffset(0, 10));
        assertThat(epochs.endOffsetOf(1, 40)).isEqualTo(new EndOffset(1, 20));
        assertThat(epochs.endOffsetOf(2, 40)).isEqualTo(new EndOffset(1, 20));
        assertThat(epochs.endOffsetOf(4, 40)).isEqualTo(new EndOffset(3, 30));
        assertThat(epochs.endOffsetOf(5, 40)).isEqualTo(new EndOffset(5, 40));
        assertThat(epochs.endOffsetOf(6, 40)).isEqualTo(new EndOffset(-1, -1));
        assertThat(epochs.epochOf(29)).isEqualTo(3);
        assertThat(epochs.epochOf(9)).isEqualTo(LeaderEpochs.NO_EPOCH);
    }

    @Test
    void forgetsWhatATruncationTook() {
        epochs.assign(1, 10);
        epochs.assign(3, 20);
        epochs.truncateFromEnd(20);
        assertThat(epochs.entries()).containsExactly(new Entry(1, 10));
        epochs.truncateFromEnd(11);
        assertThat(epochs.entries()).containsExactly(new Entry(1, 10));
    }

    @Test
    void countsADamagedFileAsEmpty() throws IOException {
        for (String damaged :
                new String[] {"1\n0\n", "0\n2\n0 0\n", "0\n1\nx 0\n", "0\n2\n1 5\n0 9\n", "0\n", "junk"}) {
            Files.writeString(directory.resolve("leader-epoch-checkpoint"), damaged);
            LeaderEpochs opened = LeaderEpochs.open(Disk.local(), directory);
            assertThat(opened.entries()).as(damaged).isEmpty();
            assertThat(opened.wasDamaged()).isTrue();
        }
    }
}
