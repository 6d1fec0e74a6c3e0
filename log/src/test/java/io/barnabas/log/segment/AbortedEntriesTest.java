package io.barnabas.log.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.log.AbortedTransaction;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class AbortedEntriesTest {
    @Test
    void writesEntriesAsKafkaDoes() {
        AbortedEntries entries = AbortedEntries.of(List.of(new AbortedTransaction(14, 23, 24, 25)));
        byte[] bytes = new byte[AbortedEntries.ENTRY_BYTES];
        entries.write(0).get(bytes);
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("0000" + "000000000000000e" + "0000000000000017" + "0000000000000018" + "0000000000000019");
    }

    @Test
    void takesDamagedEntriesForNone() {
        assertThat(AbortedEntries.read(ByteBuffer.allocate(33), 0)).isNull();
        AbortedEntries entries = AbortedEntries.of(
                List.of(new AbortedTransaction(1, 23, 24, 25), new AbortedTransaction(2, 20, 26, 27)));
        assertThat(AbortedEntries.read(entries.write(0), 0).count()).isEqualTo(2);
        assertThat(AbortedEntries.read(entries.write(0), 25))
                .as("before the segment")
                .isNull();
        AbortedEntries disordered = AbortedEntries.of(
                List.of(new AbortedTransaction(2, 20, 26, 27), new AbortedTransaction(1, 23, 24, 25)));
        assertThat(AbortedEntries.read(disordered.write(0), 0)).isNull();
    }
}
