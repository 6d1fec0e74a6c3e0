package io.barnabas.requests.data;

import io.barnabas.runtime.Timers;
import java.util.concurrent.Executor;

/**
 * What every fetch of this broker works with.
 *
 * @param diskIo where reads of what is not in memory run, and conversions for old readers
 */
record FetchTools(
        FetchReader reader,
        RecordCollector collector,
        OldFormats oldFormats,
        FetchAnswers answers,
        Timers timers,
        Executor diskIo) {}
