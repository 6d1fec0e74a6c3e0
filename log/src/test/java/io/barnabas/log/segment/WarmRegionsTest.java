package io.barnabas.log.segment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WarmRegionsTest {
    private static final int REGION = PageCache.REGION_BYTES;

    private final PageCache cache = new PageCache(4 * REGION);
    private final WarmRegions regions = new WarmRegions(cache);

    @Test
    void knowsNothingOfAFileThatNobodyUsed() {
        assertThat(regions.firstCold(0, 100)).isZero();
        assertThat(regions.firstCold(7 * REGION, 9 * REGION)).isEqualTo(7 * REGION);
    }

    @Test
    void takesWhatWasAppendedForWarm() {
        regions.appended(0, REGION / 2);
        regions.appended(REGION / 2, REGION);

        assertThat(regions.firstCold(100, 3 * REGION / 2)).isEqualTo(3 * REGION / 2);
        assertThat(regions.firstCold(100, 3 * REGION)).isEqualTo(2 * REGION);
    }

    @Test
    void forgetsWhatMoreThanTheMemoryHoldsCameAfter() {
        WarmRegions others = new WarmRegions(cache);
        regions.appended(0, REGION);

        others.appended(0, 4 * REGION);
        assertThat(regions.firstCold(0, REGION)).isEqualTo(REGION);

        others.appended(4 * REGION, REGION);
        assertThat(regions.firstCold(0, REGION)).isZero();
        assertThat(others.firstCold(4 * REGION, 5 * REGION)).isEqualTo(5 * REGION);
    }

    @Test
    void trustsOnlyRegionsThatWereReadFromTheirBegin() {
        regions.read(REGION - 1, 2 * REGION);

        assertThat(regions.firstCold(0, 3 * REGION)).isZero();
        assertThat(regions.firstCold(REGION, 3 * REGION)).isEqualTo(3 * REGION);
    }

    @Test
    void worksUpToTheLargestSegment() {
        regions.read(Integer.MAX_VALUE - REGION, REGION);

        assertThat(regions.firstCold(Integer.MAX_VALUE - 10, Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
        assertThat(WarmRegions.endOfRegion(Integer.MAX_VALUE - 1, Integer.MAX_VALUE))
                .isEqualTo(Integer.MAX_VALUE);
    }
}
