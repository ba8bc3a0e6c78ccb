import { useEffect, useRef, useState } from "preact/hooks";
import { word } from "./words";

/** What some browsers have for reading codes (Shape Detection API). */
interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}

type DetectorClass = { new (): Detector; getSupportedFormats(): Promise<string[]> };

const detector = (): DetectorClass | undefined => (window as unknown as { BarcodeDetector?: DetectorClass }).BarcodeDetector;

/** Whether this browser can read codes with its camera; false until it has said so. */
export function useCanScan(): boolean {
  const [can, setCan] = useState(false);
  useEffect(() => {
    let isOn = true;
    if (navigator.mediaDevices as MediaDevices | undefined) detector()?.getSupportedFormats().then((formats) => isOn && setCan(formats.length > 0), () => undefined);
    return () => void (isOn = false);
  }, []);
  return can;
}

/** A device's id out of what its label says: the id alone, its topic, or an address that ends in it. */
export function idOf(text: string): string | null {
  const topic = /canhlu\/v1\/([A-Za-z0-9_.-]{1,64})(?:\/|$)/.exec(text);
  if (topic) return topic[1]!;
  const whole = text.trim();
  if (/^[A-Za-z0-9_.-]{1,64}$/.test(whole)) return whole;
  const last = /[/=:]([A-Za-z0-9_.-]{1,64})\/?$/.exec(whole);
  return last ? last[1]! : null;
}

/** The camera in front of the page, until it has read a device's id or is put away. */
export function Scanner({ onFound, onAway }: { onFound: (id: string) => void; onAway: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const [wrong, setWrong] = useState(false);
  useEffect(() => {
    dialog.current?.showModal();
    let stream: MediaStream | null = null;
    let timer = 0;
    let isOn = true;
    const Reader = detector();
    if (Reader)
      navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }).then(async (opened) => {
        stream = opened;
        if (!isOn || !video.current) return stop();
        video.current.srcObject = opened;
        await video.current.play();
        const reader = new Reader();
        const look = async () => {
          if (!isOn || !video.current) return;
          const found = (await reader.detect(video.current).catch(() => [])).map(({ rawValue }) => idOf(rawValue)).find(Boolean);
          if (!isOn) return;
          if (found) onFound(found);
          else timer = window.setTimeout(look, 200);
        };
        void look();
      }, () => setWrong(true));
    const stop = () => stream?.getTracks().forEach((track) => track.stop());
    return () => {
      isOn = false;
      clearTimeout(timer);
      stop();
    };
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby="scan" onCancel={(event) => { event.preventDefault(); onAway(); }}>
      <div class="stack">
        <h2 id="scan">{word("scan")}</h2>
        <p>{word("scanText")}</p>
        {wrong ? <p class="note bad" role="alert">{word("noCamera")}</p> : <video ref={video} class="scan" muted playsInline />}
        <div class="actions"><button type="button" onClick={onAway}>{word("cancel")}</button></div>
      </div>
    </dialog>
  );
}
