#!/usr/bin/env node
import "../dist/capture/vj-capture.js";
