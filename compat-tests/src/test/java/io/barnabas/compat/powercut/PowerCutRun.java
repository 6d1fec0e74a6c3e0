package io.barnabas.compat.powercut;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code ./barnabas chaos --power-cuts 300 --fs ext4,xfs} runs, as root; that command also looks whether it may. By
 * its name no part of the usual tests.
 */
class PowerCutRun {
    @TempDir
    Path directory;

    @Test
    void nothingAcknowledgedAsDurableIsLostWhenThePowerIsCut() throws Exception {
        String[] types = System.getProperty("barnabas.chaos.fs", "ext4").split(",");
        int cuts = Integer.getInteger("barnabas.chaos.power.cuts", 10);
        for (String type : types) {
            System.out.println(new PowerCuts(directory, type, cuts / types.length).run());
        }
    }
}
