using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace FederationConsole.Data;

/// <summary>A command of a constant text, made once and kept while its connection is the same: its statement stays compiled.</summary>
internal sealed class PreparedCommand : IDisposable
{
    private DbCommand? _command;

    /// <summary>The command in the current transaction; the caller sets the values of its parameters.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "Constants, and table and column names, of our own code.")]
    public DbCommand On(DatabaseFacade database, Func<string> text, Action<DbCommand> addParameters)
    {
        var connection = database.GetDbConnection();
        if (_command?.Connection != connection)
        {
            _command?.Dispose();
            _command = connection.CreateCommand();
            _command.CommandText = text();
            addParameters(_command);
        }

        _command.Transaction = database.CurrentTransaction!.GetDbTransaction();
        return _command;
    }

    public void Dispose() => _command?.Dispose();
}
