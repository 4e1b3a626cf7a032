/** Child processes: started, watched, recorded so that none is left behind. */
@NullMarked
package dev.dunlin.engines.supervise;

import org.jspecify.annotations.NullMarked;
