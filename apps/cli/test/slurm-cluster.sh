#!/bin/bash
# A Slurm of one node for tests: on loopback alone, without systemd, with two make-believe GPUs. As root.
# Usage: slurm-cluster.sh up DIRECTORY PORT   uses PORT and the next one; then SLURM_CONF=DIRECTORY/slurm.conf
#        slurm-cluster.sh down DIRECTORY      ends its daemons and what they have started
set -euo pipefail
command=$1 directory=$2
host=$(hostname -s)
export SLURM_CONF="$directory/slurm.conf"

down() {
  # slurmstepd outlives slurmd
  for step in $(pgrep -x slurmstepd || true); do
    if grep -qzF "SLURM_CONF=$SLURM_CONF" "/proc/$step/environ" 2>/dev/null; then kill -KILL "$step" 2>/dev/null || true; fi
  done
  for daemon in slurmd slurmctld; do
    if [ -s "$directory/$daemon.pid" ]; then kill -KILL "$(cat "$directory/$daemon.pid")" 2>/dev/null || true; fi
  done
}

up() {
  port=$1
  # Daemons resolve the node's own short name, which has to be loopback's
  getent ahostsv4 "$host" | grep -q '^127\.' || echo "127.0.0.1 $host" >>/etc/hosts
  mkdir -p "$directory"/{state,spool,dev}
  for gpu in 0 1; do [ -c "$directory/dev/nvidia$gpu" ] || mknod "$directory/dev/nvidia$gpu" c 1 3; done
  echo "NodeName=$host Name=gpu Flags=nvidia_gpu_env File=$directory/dev/nvidia[0-1]" >"$directory/gres.conf"
  echo "CgroupAutomount=no" >"$directory/cgroup.conf"
  cat >"$SLURM_CONF" <<CONF
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmdPort=$((port + 1))
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
SlurmUser=root
SlurmdUser=root
AuthType=auth/none
CredType=cred/none
StateSaveLocation=$directory/state
SlurmdSpoolDir=$directory/spool
SlurmctldPidFile=$directory/slurmctld.pid
SlurmdPidFile=$directory/slurmd.pid
SlurmctldLogFile=$directory/slurmctld.log
SlurmdLogFile=$directory/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SwitchType=switch/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/builtin
SchedulerParameters=batch_sched_delay=0,sched_min_interval=0,sched_interval=1
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
JobRequeue=1
ReturnToService=2
KillWait=10
MinJobAge=300
InactiveLimit=0
MessageTimeout=5
MaxArraySize=8
GresTypes=gpu
SlurmdParameters=config_overrides
NodeName=$host NodeAddr=127.0.0.1 CPUs=4 RealMemory=1000 Gres=gpu:2 State=UNKNOWN
PartitionName=main Nodes=$host Default=YES MaxTime=INFINITE State=UP OverSubscribe=NO
CONF
  slurmctld 2>>"$directory/slurmctld.err" </dev/null
  slurmd 2>>"$directory/slurmd.err" </dev/null
  for _ in $(seq 200); do
    case $(timeout 5 sinfo -h -o %T 2>/dev/null || true) in idle | mixed | allocated) return 0 ;; esac
    sleep 0.1
  done
  echo "the node is not ready:" >&2
  tail -n 20 "$directory"/*.log "$directory"/*.err >&2
  down
  return 1
}

"$command" "${3:-}"
