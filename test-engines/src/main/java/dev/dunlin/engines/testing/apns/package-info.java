/** A mock of APNs for tests. A module that uses it needs Pushy among its test dependencies. */
@NullMarked
package dev.dunlin.engines.testing.apns;

import org.jspecify.annotations.NullMarked;
