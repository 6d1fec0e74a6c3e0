package io.barnabas.cluster.store;

import java.util.List;

/**
 * What became of a multi: all steps were done, or none.
 *
 * @param failedStep index of the step that failed, -1 when none did or when it is not known
 * @param stats after a success one per step, null for steps other than SetData
 */
public record MultiAnswer(AnswerCode code, int failedStep, List<NodeStat> stats) {

    public static MultiAnswer failed(AnswerCode code) {
        return new MultiAnswer(code, -1, List.of());
    }

    public static MultiAnswer failedAt(int step, AnswerCode code) {
        return new MultiAnswer(code, step, List.of());
    }

    public boolean isOk() {
        return code == AnswerCode.OK;
    }
}
