@NullMarked
package dev.dunlin.client.link;

import org.jspecify.annotations.NullMarked;
