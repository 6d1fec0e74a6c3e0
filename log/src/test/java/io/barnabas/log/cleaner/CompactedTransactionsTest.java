package io.barnabas.log.cleaner;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.log.AbortedTransaction;
import io.barnabas.log.LogFixture;
import io.barnabas.log.cleaner.CompactionFixture.Seen;
import io.barnabas.log.segment.AbortedLookup;
import io.barnabas.wire.record.BatchHeader;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What compaction leaves of transactions, pass by pass. */
class CompactedTransactionsTest {
    @TempDir
    Path root;

    private CompactionFixture logs;

    @BeforeEach
    void open() throws IOException {
        logs = new CompactionFixture(new LogFixture(root, CompactionFixture.CONFIG));
    }

    /** Each batch as its offset, its attributes in hex and its number of records. */
    private List<String> batches() throws IOException {
        List<String> all = new ArrayList<>();
        ByteBuf bytes = logs.bytes();
        for (int at = 0; at < bytes.writerIndex(); at += BatchHeader.sizeInBytes(bytes, at)) {
            all.add(BatchHeader.baseOffset(bytes, at) + " "
                    + Integer.toHexString(BatchHeader.attributes(bytes, at)) + " "
                    + BatchHeader.recordCount(bytes, at));
        }
        return all;
    }

    /** What else happens in the log, so that there is something to compact. */
    private void onePassMore() throws Exception {
        logs.append("filler", "x");
        logs.compactAll();
    }

    private void forgetProducers() {
        logs.log().removeExpiredProducers(Long.MAX_VALUE / 2, 1);
    }

    @Test
    void takesThreePassesToForgetACommittedTransaction() throws Exception {
        logs.appendFrom(5, 0, 0, true, "a", "1");
        logs.endTransaction(5, 0, true);
        logs.append("a", "2");
        forgetProducers();
        logs.compactAll();
        assertThat(batches()).as("the marker stays while its data was there").containsExactly("1 30 1", "2 0 1");
        onePassMore();
        assertThat(batches()).as("then it gets a horizon").startsWith("1 70 1", "2 0 1");
        ByteBuf marker = logs.bytes();
        assertThat(BatchHeader.sizeInBytes(marker, 0)).isEqualTo(80);
        assertThat(marker.getLong(27)).isEqualTo(logs.logs.time.nowMs() + 10_000);
        logs.logs.time.advanceMs(9_999);
        onePassMore();
        assertThat(batches()).startsWith("1 70 1");
        logs.logs.time.advanceMs(1);
        onePassMore();
        assertThat(batches()).as("and behind it, it goes").startsWith("2 0 1");
    }

    @Test
    void dropsAbortedRecordsAtOnceAndRemembersTheTransactionWhileItsMarkerStays() throws Exception {
        logs.append("a", "1");
        logs.appendFrom(5, 0, 0, true, "a", "aborted", "b", "aborted");
        logs.endTransaction(5, 0, false);
        AbortedTransaction aborted = new AbortedTransaction(5, 1, 3, 4);
        assertThat(remembered()).containsExactly(aborted);
        forgetProducers();
        logs.compactAll();
        assertThat(logs.read()).extracting(Seen::value).containsExactly("1");
        assertThat(batches()).containsExactly("0 0 1", "3 30 1");
        assertThat(remembered()).containsExactly(aborted);
        onePassMore();
        assertThat(batches()).startsWith("0 0 1", "3 70 1");
        assertThat(remembered()).isEmpty();
        logs.logs.time.advanceMs(10_000);
        onePassMore();
        assertThat(batches()).doesNotContain("3 70 1");
    }

    @Test
    void keepsTheHeaderOfTheLastBatchOfAnAbortedTransactionForItsProducersSequence() throws Exception {
        logs.appendFrom(5, 2, 0, true, "a", "aborted");
        logs.appendFrom(5, 2, 1, true, "b", "aborted");
        logs.endTransaction(5, 2, false);
        logs.compactAll();
        assertThat(batches()).containsExactly("1 10 0", "2 30 1");
        logs.logs.openAfterCrash(0);
        assertThat(logs.appendFrom(5, 2, 2, true, "c", "1")).isEqualTo(3);
    }

    @Test
    void keepsTheMarkerOfAProducerOfWhichNothingElseIsKnown() throws Exception {
        logs.appendFrom(5, 0, 0, true, "a", "1");
        logs.endTransaction(5, 1, true);
        logs.append("a", "2");
        logs.compactAll();
        onePassMore();
        logs.logs.time.advanceMs(20_000);
        onePassMore();
        assertThat(batches()).as("its header tells the epoch").startsWith("1 30 0", "2 0 1");
        forgetProducers();
        onePassMore();
        assertThat(batches()).startsWith("2 0 1");
    }

    @Test
    void leavesAnOpenTransactionAndAllBehindItAlone() throws Exception {
        logs.append("a", "1");
        logs.append("a", "2");
        logs.roll();
        logs.appendFrom(5, 0, 0, true, "b", "1");
        logs.append("a", "3");
        logs.append("a", "4");
        logs.compactAll();
        assertThat(logs.read()).extracting(Seen::value).containsExactly("2", "1", "3", "4");
    }

    @Test
    void lastRecordsOfAbortedTransactionsReplaceNothing() throws Exception {
        logs.append("a", "kept");
        logs.appendFrom(5, 0, 0, true, "a", "aborted");
        logs.roll();
        logs.endTransaction(5, 0, false);
        logs.compactAll();
        assertThat(logs.read()).extracting(Seen::value).containsExactly("kept");
        assertThat(remembered()).containsExactly(new AbortedTransaction(5, 1, 2, 3));
    }

    private List<AbortedTransaction> remembered() throws IOException {
        return AbortedLookup.fromDisk(logs.logs.cleanable().segments(), 0, Long.MAX_VALUE);
    }
}
