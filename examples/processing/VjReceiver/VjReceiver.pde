// What a sketch needs to draw with the rig. Library: oscP5 (Sketch > Import Library > Add Library).
// The rig sends to 127.0.0.1:9000 unless it is set otherwise.
import oscP5.*;
import netP5.*;

OscP5 osc;
volatile float bass, level, flash, phase, bpm, position;
volatile String title = "", line = "";
String[] lines = new String[0];

void setup() {
  size(960, 540);
  osc = new OscP5(this, 9000);
}

void draw() {
  background(0);
  flash *= 0.9;
  noStroke();
  fill(255, 80 + 175 * flash);
  circle(width / 2, height / 2, 100 + 300 * bass);
  fill(255);
  rect(0, height - 6, width * phase, 6);
  textAlign(CENTER);
  textSize(40);
  text(line, width / 2, height - 60);
  textSize(14);
  text(title + "   " + nf(bpm, 0, 1) + " BPM", width / 2, 24);
}

// Called by oscP5 on a thread of its own: keep values here, draw in draw().
void oscEvent(OscMessage m) {
  if (m.checkAddrPattern("/audio/levels") && m.checkTypetag("ffffffff")) {
    bass = m.get(1).floatValue();
    level = m.get(7).floatValue();
  } else if (m.checkAddrPattern("/audio/beat") && m.checkTypetag("if")) {
    if (m.get(0).intValue() == 1) flash = 1;
  } else if (m.checkAddrPattern("/audio/phase") && m.checkTypetag("ffi")) {
    phase = m.get(0).floatValue();
  } else if (m.checkAddrPattern("/audio/bpm") && m.checkTypetag("ff")) {
    bpm = m.get(0).floatValue();
  } else if (m.checkAddrPattern("/karaoke/track") && m.checkTypetag("issssfi")) {
    title = m.get(0).intValue() == 1 ? m.get(2).stringValue() + " - " + m.get(3).stringValue() : "";
  } else if (m.checkAddrPattern("/karaoke/pos") && m.checkTypetag("fi")) {
    position = m.get(0).floatValue();
  } else if (m.checkAddrPattern("/karaoke/lyrics/reset")) {
    lines = new String[0];
    line = "";
  } else if (m.checkAddrPattern("/karaoke/lyrics/line") && m.checkTypetag("ifs")) {
    int index = m.get(0).intValue();
    if (index >= lines.length) lines = expand(lines, index + 1);
    lines[index] = m.get(2).stringValue();
  } else if (m.checkAddrPattern("/karaoke/line/active") && m.checkTypetag("i")) {
    int index = m.get(0).intValue();
    line = index >= 0 && index < lines.length ? lines[index] : "";
  }
}
