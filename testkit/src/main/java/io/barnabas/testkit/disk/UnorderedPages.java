package io.barnabas.testkit.disk;

import io.barnabas.testkit.disk.SimulatedFile.Change;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A file as a power cut leaves it when its pages went to the disk in any order. Each page has what was in it at some
 * moment; in a torn one some sectors are older than others. The size is that of a moment of its own: bytes beyond it
 * are lost, and where it covers bytes that were not written there are zeros. What was written after a cut lies in new
 * blocks, so where the cut itself was lost it is lost too, but for the page in which the cut was.
 */
final class UnorderedPages {
    private final byte[] durable;
    private final List<Change> changes;
    private final RandomGenerator random;

    /** How many changes the size has seen. */
    private final int sizeMoment;

    /** The first cut that was lost, or the number of changes. */
    private final int lostCut;

    UnorderedPages(byte[] durable, List<Change> changes, RandomGenerator random) {
        this.durable = durable;
        this.changes = changes;
        this.random = random;
        this.sizeMoment = random.nextInt(changes.size() + 1);
        this.lostCut = firstCutFrom(sizeMoment);
    }

    private int firstCutFrom(int moment) {
        for (int i = moment; i < changes.size(); i++) {
            if (changes.get(i).isCut()) {
                return i;
            }
        }
        return changes.size();
    }

    byte[] bytes() {
        byte[] left = new byte[size()];
        // Some disks lose nearly everything, some nearly nothing.
        int chance = random.nextInt(5);
        for (int page = 0; page < left.length; page += SimulatedFile.PAGE) {
            fillPage(left, page, Math.min(left.length, page + SimulatedFile.PAGE), chance);
        }
        return left;
    }

    private int size() {
        int size = durable.length;
        for (Change change : changes.subList(0, sizeMoment)) {
            size = change.isCut() ? change.position() : Math.max(size, change.end());
        }
        return size;
    }

    private void fillPage(byte[] left, int from, int to, int chance) {
        int newest = isPageOfLostCut(from) ? changes.size() : lostCut;
        int oldest = behindLastCutKept(to);
        int one = moment(oldest, newest, chance);
        int other = random.nextInt(4) == 0 ? moment(oldest, newest, chance) : one;
        for (int sector = from; sector < to; sector += SimulatedFile.SECTOR) {
            int moment = random.nextBoolean() ? one : other;
            fill(left, sector, Math.min(to, sector + SimulatedFile.SECTOR), moment);
        }
    }

    private int moment(int oldest, int newest, int chance) {
        return random.nextInt(4) < chance ? newest : random.nextInt(oldest, newest + 1);
    }

    /** Bytes that a cut took away do not come back when the file grows again. */
    private int behindLastCutKept(int end) {
        for (int i = sizeMoment - 1; i >= 0; i--) {
            if (changes.get(i).isCut() && changes.get(i).position() < end) {
                return i + 1;
            }
        }
        return 0;
    }

    private boolean isPageOfLostCut(int page) {
        return lostCut < changes.size()
                && changes.get(lostCut).position() / SimulatedFile.PAGE == page / SimulatedFile.PAGE;
    }

    /** The bytes as they were after so many changes. */
    private void fill(byte[] left, int from, int to, int moment) {
        if (from < durable.length) {
            System.arraycopy(durable, from, left, from, Math.min(to, durable.length) - from);
        }
        for (Change change : changes.subList(0, moment)) {
            if (change.isCut()) {
                if (change.position() < to) {
                    Arrays.fill(left, Math.max(from, change.position()), to, (byte) 0);
                }
                continue;
            }
            int begin = Math.max(from, change.position());
            int end = Math.min(to, change.end());
            if (begin < end) {
                System.arraycopy(change.written(), begin - change.position(), left, begin, end - begin);
            }
        }
    }
}
