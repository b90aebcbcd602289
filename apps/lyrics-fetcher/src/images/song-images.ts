import { isSameTrack } from "@vj/playback";
import type { TrackName } from "@vj/playback";
import { messageOf } from "@vj/schema";
import type { SongMeaning } from "../meaning/song-meaning.ts";
import type { StepState } from "../pipeline.ts";
import { imagePrompt } from "./image-prompt.ts";
import type { PictureFolder } from "./picture-folder.ts";
import type { PictureMaker } from "./picture-maker.ts";

/** The steps of the work on a song that are about its picture. */
export const imageSteps = ["find_image", "generate_image_prompt", "comfyui_generate"] as const;

export interface SongImagesOptions {
  readonly folder: PictureFolder;
  readonly maker: PictureMaker;
  enter(step: (typeof imageSteps)[number], state: StepState, reason?: string | null): void;
  /** Shows a picture, absolute path; undefined: none. */
  show(file: string | undefined): void;
  onProblem(problem: string): void;
}

/** The picture of the song that plays: its own from the folder, else one that ComfyUI makes, until then one of its mood. */
export class SongImages {
  readonly #options: SongImagesOptions;
  #track: TrackName | undefined;
  #shown: string | undefined;
  #work = new AbortController();
  /** Resolves to whether the song has a picture of its own. */
  #own: Promise<boolean> = Promise.resolve(false);
  #asked = false;
  #prompt: string | null = null;

  constructor(options: SongImagesOptions) {
    this.#options = options;
  }

  /** As `get_state` has it. */
  get state(): { file: string | null; prompt: string | null } {
    return { file: this.#shown ?? null, prompt: this.#prompt };
  }

  /** Another song, or none; the same one again changes nothing. */
  begin(track: TrackName | undefined): void {
    if (isSameTrack(track, this.#track) && track !== undefined) return;
    this.#track = track;
    this.restart();
  }

  /** Looks again: the song or the settings have changed. */
  restart(): void {
    this.#work.abort();
    this.#work = new AbortController();
    this.#asked = false;
    this.#prompt = null;
    this.#own = this.#findOwn(this.#track, this.#work.signal);
  }

  /**
   * The meaning of the song is known; undefined: it cannot be known.
   * @param final whether no better meaning will follow soon: then a picture is made from this one
   */
  understood(meaning: SongMeaning | undefined, final: boolean): void {
    void this.#improve(meaning, final, this.#work.signal);
  }

  stop(): void {
    this.#work.abort();
  }

  async #findOwn(track: TrackName | undefined, signal: AbortSignal): Promise<boolean> {
    const { folder, enter } = this.#options;
    if (track === undefined) {
      this.#show(undefined);
      return false;
    }
    enter("find_image", "running");
    const file = await folder.ofSong(track);
    if (signal.aborted) return false;
    if (file !== undefined) enter("find_image", "complete");
    else enter("find_image", "skipped", this.#missing("there is no picture of this song"));
    this.#show(file);
    return file !== undefined;
  }

  async #improve(meaning: SongMeaning | undefined, final: boolean, signal: AbortSignal): Promise<void> {
    const { folder, enter } = this.#options;
    const track = this.#track;
    if (track === undefined) return;
    if (await this.#own) {
      for (const step of ["generate_image_prompt", "comfyui_generate"] as const) enter(step, "skipped", "the song has a picture of its own");
      return;
    }
    if (signal.aborted) return;
    const ofMood = await folder.ofMood(meaning?.mood, track);
    if (signal.aborted) return;
    if (ofMood !== undefined && !this.#asked) {
      enter("find_image", "complete");
      this.#show(ofMood);
    } else if (ofMood === undefined) enter("find_image", "skipped", this.#missing("there is no picture of this song, its mood or by the name default"));
    if (final && !this.#asked) await this.#make(track, meaning, signal);
  }

  async #make(track: TrackName, meaning: SongMeaning | undefined, signal: AbortSignal): Promise<void> {
    const { maker, enter, onProblem } = this.#options;
    this.#asked = true;
    if (!maker.enabled) {
      for (const step of ["generate_image_prompt", "comfyui_generate"] as const) enter(step, "skipped", "comfyui_enabled is off");
      return;
    }
    this.#prompt = imagePrompt(track, meaning);
    enter("generate_image_prompt", "complete");
    enter("comfyui_generate", "running");
    try {
      const file = await maker.make({ ...track, mood: meaning?.mood ?? "", prompt: this.#prompt }, signal);
      if (signal.aborted) return;
      enter("comfyui_generate", "complete");
      this.#show(file);
    } catch (error) {
      if (signal.aborted) return;
      enter("comfyui_generate", "error", messageOf(error));
      onProblem(messageOf(error));
    }
  }

  #missing(nothing: string): string {
    const { folder } = this.#options;
    return folder.isSet ? (folder.problem ?? nothing) : "images_dir is not set";
  }

  #show(file: string | undefined): void {
    if (file === this.#shown) return;
    this.#shown = file;
    this.#options.show(file);
  }
}
