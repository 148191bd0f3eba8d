//! Time, processor time and memory of this process.

use std::fs;
use std::time::Instant;

use super::Outcome;

/// What a pass used.
pub struct Usage {
    /// Feeds with a new document.
    pub changed: usize,
    /// Articles that were not known.
    pub new: usize,
    pub wall_secs: f64,
    pub cpu_secs: f64,
    pub peak_mb: f64,
}

/// A pass under way.
pub struct Started {
    at: Instant,
    cpu_secs: f64,
}

impl Usage {
    pub fn start() -> Outcome<Started> {
        // "5" resets the peak (proc_pid_clear_refs(5)); where that is not allowed it only grows.
        fs::write("/proc/self/clear_refs", "5").unwrap_or_default();
        Ok(Started { at: Instant::now(), cpu_secs: cpu_secs()? })
    }
}

impl Started {
    pub fn end(self, changed: usize, new: usize) -> Outcome<Usage> {
        Ok(Usage {
            changed,
            new,
            wall_secs: self.at.elapsed().as_secs_f64(),
            cpu_secs: cpu_secs()? - self.cpu_secs,
            peak_mb: peak_mb()?,
        })
    }
}

/// User and system time of all threads, in steps of a hundredth of a second.
fn cpu_secs() -> Outcome<f64> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    // The name before it may hold anything but ends with the last bracket.
    let fields = stat.rsplit_once(") ").ok_or("no stat")?.1.split(' ');
    let ticks: f64 = fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum();
    Ok(ticks / 100.0)
}

fn peak_mb() -> Outcome<f64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kilobytes / 1_000.0)
}
