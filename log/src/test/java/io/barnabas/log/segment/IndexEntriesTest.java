package io.barnabas.log.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.testkit.Seeds;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Both kinds of entries, compared with sorted maps. */
class IndexEntriesTest {

    @Test
    void findsOffsetsAsASortedMapDoes() {
        Seeds.forEach(100, random -> {
            TreeMap<Integer, Integer> model = rising(random);
            OffsetEntries entries = new OffsetEntries();
            model.forEach(entries::add);
            checkOffsets(entries, model, random);
            ByteBuffer file = entries.write(0, entries.count());
            assertThat(file.remaining()).isEqualTo(8 * model.size());
            checkOffsets(OffsetEntries.read(file, Integer.MAX_VALUE), model, random);
            int cut = random.nextInt(1200);
            checkOffsets(entries.below(cut), new TreeMap<>(model.headMap(cut)), random);
        });
    }

    private static void checkOffsets(OffsetEntries entries, TreeMap<Integer, Integer> model, RandomGenerator random) {
        assertThat(entries.count()).isEqualTo(model.size());
        for (int i = 0; i < 20; i++) {
            int wanted = random.nextInt(1200);
            Map.Entry<Integer, Integer> expected = model.floorEntry(wanted);
            int found = entries.floor(wanted);
            assertThat(found < 0 ? null : entries.relativeOffset(found))
                    .isEqualTo(expected == null ? null : expected.getKey());
            assertThat(found < 0 ? null : entries.position(found))
                    .isEqualTo(expected == null ? null : expected.getValue());
        }
    }

    @Test
    void findsTimestampsAsASortedMapDoes() {
        Seeds.forEach(100, random -> {
            TreeMap<Integer, Integer> model = rising(random);
            TimeEntries entries = new TimeEntries();
            model.forEach(entries::addIfYounger);
            model.forEach(entries::addIfYounger);
            assertThat(entries.count()).isEqualTo(model.size());
            TimeEntries read = TimeEntries.read(entries.write(0, entries.count()));
            for (int i = 0; i < 20; i++) {
                int wanted = random.nextInt(1200);
                Map.Entry<Integer, Integer> expected = model.floorEntry(wanted);
                int found = read.floor(wanted);
                assertThat(found < 0 ? null : read.relativeOffset(found))
                        .isEqualTo(expected == null ? null : expected.getValue());
            }
            int cut = random.nextInt(5000);
            assertThat(entries.below(cut).count()).isEqualTo((int)
                    model.values().stream().filter(offset -> offset < cut).count());
        });
    }

    @Test
    void takesEntriesThatDoNotRiseForNoIndex() {
        assertThat(OffsetEntries.read(ByteBuffer.allocate(16), 100)).isNull();
        assertThat(OffsetEntries.read(ByteBuffer.allocate(8).putInt(0, 5).putInt(4, 100), 100))
                .isNull();
        assertThat(OffsetEntries.read(ByteBuffer.allocate(8).putInt(0, 5).putInt(4, 99), 100))
                .isNotNull();
        assertThat(TimeEntries.read(ByteBuffer.allocate(24))).isNull();
    }

    private static TreeMap<Integer, Integer> rising(RandomGenerator random) {
        TreeMap<Integer, Integer> model = new TreeMap<>();
        int key = 0;
        int value = 0;
        for (int i = random.nextInt(200); i > 0; i--) {
            key += random.nextInt(1, 10);
            value += random.nextInt(1, 50);
            model.put(key, value);
        }
        return model;
    }
}
