package io.barnabas.broker;

import io.barnabas.cluster.MetadataCache;
import io.barnabas.requests.versions.ApiVersionsHandler.Features;

/**
 * The level of the feature {@code transaction.version}: 2, so that newer clients speak the second protocol; 1, at which
 * they speak the first one, while there is another broker that may not know the second. Never written anywhere.
 */
final class TransactionFeature implements Features {
    private static final short SECOND_PROTOCOL = 2;
    private static final short FIRST_PROTOCOL = 1;

    private final MetadataCache metadata;

    TransactionFeature(MetadataCache metadata) {
        this.metadata = metadata;
    }

    @Override
    public short transactionVersion() {
        return isAlone() ? SECOND_PROTOCOL : FIRST_PROTOCOL;
    }

    /** Clients keep the features of the highest version that they have seen, and so go back to the first protocol. */
    @Override
    public long version() {
        return isAlone() ? 0 : 1;
    }

    private boolean isAlone() {
        return metadata.current().brokers().size() <= 1;
    }
}
