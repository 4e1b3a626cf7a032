/** Listens between the services, to see where the time goes. */
@NullMarked
package dev.dunlin.benchmark.tap;

import org.jspecify.annotations.NullMarked;
