/** What is around the service in its tests. */
@NullMarked
package dev.dunlin.push.world;

import org.jspecify.annotations.NullMarked;
